package match

// A lister lists rounded rules once each, as nodes have many of them in common.
type lister struct {
	rules []Rule
	// at tells where a rule is listed, by the first of the rules that it is made of.
	at map[*Rule]int
}

// tree copies a tree with its rounded rules listed.
func (l *lister) tree(n *Node) *Node {
	if n == nil {
		return nil
	}
	out := &Node{Split: n.Split, Prices: make([]Price, len(n.Prices))}
	for i, p := range n.Prices {
		out.Prices[i] = Price{l.rule(p.Rule), p.Price}
	}
	out.Without, out.With = l.tree(n.Without), l.tree(n.With)
	return out
}

// rule lists a rule if it is rounded, those that it is made of before it.
func (l *lister) rule(r Rule) Rule {
	if r.Kind != HalfRule && r.Kind != MixedRule || len(r.Of) == 0 {
		return r
	}
	first := &r.Of[0]
	i, known := l.at[first]
	if !known {
		of := make([]Rule, len(r.Of))
		for k := range r.Of {
			of[k] = l.rule(r.Of[k])
		}
		r.Of = of
		i = len(l.rules)
		l.at[first] = i
		l.rules = append(l.rules, r)
	}
	return Rule{Kind: ListedRule, Who: i}
}

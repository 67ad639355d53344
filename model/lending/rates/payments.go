package rates

import (
	"cmp"
	"math/bits"
	"slices"

	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Payment is money from one partner to another.
type Payment struct {
	From, To partnership.PartnerID
	Amount   value.Cents
}

// exactPartners bounds how many partners are settled with provably the fewest
// payments; beyond it there may be more than the fewest.
const exactPartners = 16

// FewestPayments settles net amounts with as few payments as there can be.
//
// Partners whose amounts cancel out among themselves need one payment fewer
// than there are of them. So the partners are parted into as many such groups
// as possible, found by trying every set once, and within each group the
// greatest debtor pays the greatest creditor until all are even.
func FewestPayments(net map[partnership.PartnerID]value.Cents) []Payment {
	var who []partnership.PartnerID
	for p, c := range net {
		if c != 0 {
			who = append(who, p)
		}
	}
	slices.Sort(who)
	groups := [][]partnership.PartnerID{who}
	if len(who) <= exactPartners {
		groups = cancelling(who, net)
	}
	var out []Payment
	for _, g := range groups {
		out = append(out, payOff(g, net)...)
	}
	slices.SortFunc(out, func(a, b Payment) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return out
}

// cancelling parts partners into the most groups that each add up to zero.
func cancelling(who []partnership.PartnerID, net map[partnership.PartnerID]value.Cents) [][]partnership.PartnerID {
	n := len(who)
	sum := make([]value.Cents, 1<<n)
	most, last := make([]int8, 1<<n), make([]int8, 1<<n) // groups closed on the way to a set, and who came last
	for set := 1; set < 1<<n; set++ {
		low := bits.TrailingZeros(uint(set))
		sum[set] = sum[set&(set-1)] + net[who[low]]
		most[set] = -1
		for i := range n {
			if set>>i&1 == 0 {
				continue
			}
			before := set &^ (1 << i)
			if most[before] > most[set] {
				most[set], last[set] = most[before], int8(i)
			}
		}
		if sum[set] == 0 {
			most[set]++
		}
	}
	var groups [][]partnership.PartnerID
	var group []partnership.PartnerID
	for set := 1<<n - 1; set > 0; set &^= 1 << last[set] {
		if sum[set] == 0 && len(group) > 0 {
			groups, group = append(groups, group), nil
		}
		group = append(group, who[last[set]])
	}
	if len(group) > 0 {
		groups = append(groups, group)
	}
	return groups
}

// payOff settles one group.
func payOff(group []partnership.PartnerID, net map[partnership.PartnerID]value.Cents) []Payment {
	left := map[partnership.PartnerID]value.Cents{}
	for _, p := range group {
		left[p] = net[p]
	}
	var out []Payment
	for {
		var debtor, creditor partnership.PartnerID
		for _, p := range group {
			if left[p] < left[debtor] {
				debtor = p
			}
			if left[p] > left[creditor] {
				creditor = p
			}
		}
		if debtor == 0 || creditor == 0 {
			return out
		}
		amount := min(-left[debtor], left[creditor])
		out = append(out, Payment{debtor, creditor, amount})
		left[debtor] += amount
		left[creditor] -= amount
	}
}

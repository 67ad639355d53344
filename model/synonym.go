package model

import "strings"

// SynonymID identifies a synonym.
type SynonymID = ID[Synonym]

// Synonym says that an abbreviation, a brand or a local word is to be read as
// other words when people's work is compared.
type Synonym struct {
	ID    ID[Synonym]
	Short string
	Long  string
}

// KindName is "synonyms".
func (Synonym) KindName() string { return "synonyms" }

// maxShortWords is how many words an abbreviation may have.
const maxShortWords = 3

func synonymKind() *Kind {
	return Def[Synonym]{
		Tag: 22, One: "synonym", Title: "Synonyms", Realm: RealmShared, UniqueLabel: true,
		Purpose: "Abbreviations and local words, and how to read them when work is compared. They add to the program's own table.",
		ID:      func(s *Synonym) *ID[Synonym] { return &s.ID },
		Label:   func(s *Synonym) string { return s.Short },
		Unique:  [][]string{{"short"}},
		Check: func(c *Checking, _, s *Synonym) {
			if len(strings.Fields(s.Short)) > maxShortWords {
				c.Add("short", "an abbreviation has three words at most")
			}
			if s.Short != "" && FoldName(s.Short) == FoldName(s.Long) {
				c.Add("long", "the words and what they are read as are the same")
			}
		},
		Fields: []Field[Synonym]{
			Text(1, "short", "Short", func(s *Synonym) *string { return &s.Short }).Need().Wide(18).Eg("WWTP"),
			Text(2, "long", "Read as", func(s *Synonym) *string { return &s.Long }).Need().Wide(40).Eg("wastewater treatment plant"),
		},
	}.Kind()
}

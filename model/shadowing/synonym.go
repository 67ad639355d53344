package shadowing

import (
	"strings"

	"interlocal/model/field"
)

// SynonymID identifies a synonym.
type SynonymID = field.ID[Synonym]

// Synonym says that an abbreviation, a brand or a local word is to be read as
// other words when people's work is compared.
type Synonym struct {
	ID    field.ID[Synonym]
	Short string
	Long  string
}

// KindSynonyms names the kind whose records are of type [Synonym].
const KindSynonyms = "synonyms"

// KindName is "synonyms".
func (Synonym) KindName() string { return KindSynonyms }

// maxShortWords is how many words an abbreviation may have.
const maxShortWords = 3

// DescribeSynonym describes synonyms.
func DescribeSynonym() *field.Kind {
	return field.Def[Synonym]{
		Tag: 22, One: "synonym", Title: "Synonyms", Scope: field.ScopeShared, UniqueLabel: true,
		Purpose: "Abbreviations and local words, and how to read them when work is compared. They add to the " +
			"program's own table.",
		ID:     func(s *Synonym) *field.ID[Synonym] { return &s.ID },
		Label:  func(s *Synonym) string { return s.Short },
		Unique: [][]string{{"short"}},
		Check: func(c *field.Checking, _, s *Synonym) {
			if len(strings.Fields(s.Short)) > maxShortWords {
				c.Add("short", "an abbreviation has three words at most")
			}
			if s.Short != "" && field.FoldName(s.Short) == field.FoldName(s.Long) {
				c.Add("long", "the words and what they are read as are the same")
			}
		},
		Fields: []field.Field[Synonym]{
			field.Text(1, "short", "Short", func(s *Synonym) *string { return &s.Short }).Required().Width(18).
				Example("WWTP"),
			field.Text(2, "long", "Read as", func(s *Synonym) *string { return &s.Long }).Required().Width(40).
				Example("wastewater treatment plant"),
		},
	}.Kind()
}

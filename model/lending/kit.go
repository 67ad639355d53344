package lending

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// KitID identifies an assembly.
type KitID = field.ID[Kit]

// Kit is an assembly of units that are of use only together, such as a truck,
// a plow and a spreader, which may be different partners'. It is booked as a
// whole: one reservation a member, all or none.
type Kit struct {
	ID      field.ID[Kit]
	Name    string
	Members []KitMember
	Note    string
}

// KitMember is one part of an assembly: a unit, or any of a category.
type KitMember struct {
	Unit     field.ID[Equipment]
	Category string
	Minimum  value.Opt[value.Tenths]
	Lender   field.ID[partnership.Partner] // who is asked for one of the category
}

// KindKits names the kind whose records are of type [Kit].
const KindKits = "kits"

// KindName is "kits".
func (Kit) KindName() string { return KindKits }

// DescribeKit describes assemblies.
func DescribeKit() *field.Kind {
	return field.Def[Kit]{
		Tag: 31, One: "assembly", Title: "Assemblies", Scope: field.ScopeCity, UniqueLabel: true,
		Purpose: "Units that are booked together, all or none.",
		ID:      func(v *Kit) *field.ID[Kit] { return &v.ID },
		Label:   func(v *Kit) string { return v.Name },
		Unique:  [][]string{{"name"}},
		Parties: func(r field.Reader, v *Kit) []field.Party {
			var out []field.Party
			for _, m := range v.Members {
				if e := field.Get(r, m.Unit); e != nil {
					out = append(out, field.Party(e.Owner))
				} else if m.Lender != 0 {
					out = append(out, field.Party(m.Lender))
				}
			}
			return out
		},
		Check: func(c *field.Checking, _, v *Kit) {
			seen := map[EquipmentID]bool{}
			for _, m := range v.Members {
				switch {
				case m.Unit == 0 && m.Category == "":
					c.Add("members", "each member is a unit or a category")
				case m.Unit == 0 && m.Lender == 0:
					c.Add("members", "a member that is any of a category says which partner is asked for it")
				case m.Unit != 0 && seen[m.Unit]:
					c.Add("members", "a unit is listed twice")
				}
				seen[m.Unit] = true
			}
			if len(v.Members) < 2 {
				c.Add("members", "an assembly has at least two members")
			}
		},
		Fields: []field.Field[Kit]{
			field.Text(1, "name", "Assembly", func(v *Kit) *string { return &v.Name }).Required().Width(26).
				Example("Plow truck, complete"),
			field.Rows(2, "members", "Members", func(v *Kit) *[]KitMember { return &v.Members },
				[]field.Field[KitMember]{
					field.Ref(1, "unit", "Unit", func(m *KitMember) *field.ID[Equipment] { return &m.Unit }),
					field.Text(2, "category", "Or any", func(m *KitMember) *string { return &m.Category }),
					field.Amount(3, "minimum", "Size at least",
						func(m *KitMember) *value.Opt[value.Tenths] { return &m.Minimum }),
					field.Ref(4, "lender", "Asked of",
						func(m *KitMember) *field.ID[partnership.Partner] { return &m.Lender }),
				}).Width(40),
			field.Long(3, "note", "Note", func(v *Kit) *string { return &v.Note }).HiddenByDefault(),
		},
	}.Kind()
}

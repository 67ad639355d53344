package model

// KitID identifies an assembly.
type KitID = ID[Kit]

// Kit is an assembly of units that are of use only together, such as a truck,
// a plow and a spreader, which may be different partners'. It is booked as a
// whole: one reservation a member, all or none.
type Kit struct {
	ID      ID[Kit]
	Name    string
	Members []KitMember
	Note    string
}

// KitMember is one part of an assembly: a unit, or any of a category.
type KitMember struct {
	Unit     ID[Equipment]
	Category string
	Minimum  Opt[Tenths]
	Lender   ID[Partner] // who is asked for one of the category
}

// KindName is "kits".
func (Kit) KindName() string { return "kits" }

func kitKind() *Kind {
	return Def[Kit]{
		Tag: 31, One: "assembly", Title: "Assemblies", Realm: RealmCity, UniqueLabel: true,
		Purpose: "Units that are booked together, all or none.",
		ID:      func(v *Kit) *ID[Kit] { return &v.ID },
		Label:   func(v *Kit) string { return v.Name },
		Unique:  [][]string{{"name"}},
		Parties: func(r Reader, v *Kit) []Party {
			var out []Party
			for _, m := range v.Members {
				if e := Get(r, m.Unit); e != nil {
					out = append(out, Party(e.Owner))
				} else if m.Lender != 0 {
					out = append(out, Party(m.Lender))
				}
			}
			return out
		},
		Check: func(c *Checking, _, v *Kit) {
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
		Fields: []Field[Kit]{
			Text(1, "name", "Assembly", func(v *Kit) *string { return &v.Name }).Need().Wide(26).Eg("Plow truck, complete"),
			Rows(2, "members", "Members", func(v *Kit) *[]KitMember { return &v.Members }, []Field[KitMember]{
				Ref(1, "unit", "Unit", func(m *KitMember) *ID[Equipment] { return &m.Unit }),
				Text(2, "category", "Or any", func(m *KitMember) *string { return &m.Category }),
				Amount(3, "minimum", "Size at least", func(m *KitMember) *Opt[Tenths] { return &m.Minimum }),
				Ref(4, "lender", "Asked of", func(m *KitMember) *ID[Partner] { return &m.Lender }),
			}).Wide(40),
			Long(3, "note", "Note", func(v *Kit) *string { return &v.Note }).Tucked(),
		},
	}.Kind()
}

package model

// BlockID identifies a block.
type BlockID = ID[Block]

// BlockFor is why a unit is not lent for a while.
type BlockFor string

// Service, the owner's own work, a season.
const (
	BlockService BlockFor = "service"
	BlockOwn     BlockFor = "owner use"
	BlockSeason  BlockFor = "season"
	BlockOther   BlockFor = "other"
)

// Block keeps a unit from being lent. The owner sets it; one that is lifted
// keeps nothing.
type Block struct {
	ID     ID[Block]
	Unit   ID[Equipment]
	For    BlockFor
	Start  Opt[Wall]
	End    Opt[Wall]
	Lifted bool
	Note   string
}

// KindName is "blocks".
func (Block) KindName() string { return "blocks" }

func blockKind() *Kind {
	return Def[Block]{
		Tag: 32, One: "block", Title: "Blocked times", Realm: RealmCity,
		Purpose:   "Times in which a unit is in service, kept for its owner, or away for a season.",
		ID:        func(v *Block) *ID[Block] { return &v.ID },
		Label:     func(*Block) string { return "" },
		Recognise: [][]string{{"unit", "start"}},
		Parties: func(r Reader, v *Block) []Party {
			if e := Get(r, v.Unit); e != nil {
				return []Party{Party(e.Owner)}
			}
			return nil
		},
		Spans: func(v *Block, yield func(Span)) {
			if !v.Lifted && v.Start.Set && v.End.Set && v.End.V > v.Start.V {
				yield(Span{UnitGroup(v.Unit), v.Start.V, v.End.V})
			}
		},
		Check: checkBlock,
		Fields: []Field[Block]{
			Ref(1, "unit", "Unit", func(v *Block) *ID[Equipment] { return &v.Unit }).Need().Wide(26).Eg("RT-104 Dump truck"),
			Word(2, "for", "For", func(v *Block) *BlockFor { return &v.For }, Choice{"service", "Service"},
				Choice{"owner use", "Owner's use"}, Choice{"season", "Season"}, Choice{"other", "Other"}).Need().Wide(12).Eg("Service"),
			AtWall(3, "start", "From", func(v *Block) *Opt[Wall] { return &v.Start }).Need().Wide(19).Eg("Tue Mar 2, 8:00 am"),
			AtWall(4, "end", "Until", func(v *Block) *Opt[Wall] { return &v.End }).Need().Wide(19).Eg("Thu Mar 4, 5:00 pm"),
			Bool(5, "lifted", "Lifted", func(v *Block) *bool { return &v.Lifted }).Wide(7),
			Long(6, "note", "Note", func(v *Block) *string { return &v.Note }).Tucked(),
		},
	}.Kind()
}

func checkBlock(c *Checking, before, v *Block) {
	if !v.Start.Set || !v.End.Set {
		return
	}
	if v.End.V <= v.Start.V {
		c.Add("end", "the block ends before it starts")
		return
	}
	if v.Lifted || before != nil && !before.Lifted && before.Unit == v.Unit && before.Start == v.Start && before.End == v.End {
		return
	}
	cal := CalendarOf(c, c.Now)
	cal.Refuse(&c.Problems, Claim{Unit: v.Unit, From: v.Start.V, Until: v.End.V, Block: true, ExceptBlock: v.ID})
}

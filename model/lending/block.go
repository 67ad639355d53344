package lending

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// BlockID identifies a block.
type BlockID = field.ID[Block]

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
	ID     field.ID[Block]
	Unit   field.ID[Equipment]
	For    BlockFor
	Start  value.Opt[value.Wall]
	End    value.Opt[value.Wall]
	Lifted bool
	Note   string
}

// KindBlocks names the kind whose records are of type [Block].
const KindBlocks = "blocks"

// KindName is "blocks".
func (Block) KindName() string { return KindBlocks }

// DescribeBlock describes blocked times.
func DescribeBlock() *field.Kind {
	return field.Def[Block]{
		Tag: 32, One: "block", Title: "Blocked times", Scope: field.ScopeCity,
		Purpose:   "Times in which a unit is in service, kept for its owner, or away for a season.",
		ID:        func(v *Block) *field.ID[Block] { return &v.ID },
		Label:     func(*Block) string { return "" },
		Recognise: [][]string{{"unit", "start"}},
		Parties: func(r field.Reader, v *Block) []field.Party {
			if e := field.Get(r, v.Unit); e != nil {
				return []field.Party{field.Party(e.Owner)}
			}
			return nil
		},
		Spans: func(v *Block, yield func(value.Span)) {
			if !v.Lifted && v.Start.Set && v.End.Set && v.End.V > v.Start.V {
				yield(value.Span{Group: UnitGroup(v.Unit), From: v.Start.V, Until: v.End.V})
			}
		},
		Check: checkBlock,
		Fields: []field.Field[Block]{
			field.Ref(1, "unit", "Unit", func(v *Block) *field.ID[Equipment] { return &v.Unit }).Required().Width(26).
				Example("RT-104 Dump truck"),
			field.Word(2, "for", "For", func(v *Block) *BlockFor { return &v.For },
				field.Choice{Value: "service", Title: "Service"},
				field.Choice{Value: "owner use", Title: "Owner's use"}, field.Choice{Value: "season", Title: "Season"},
				field.Choice{Value: "other", Title: "Other"}).Required().Width(12).Example("Service"),
			field.AtWall(3, "start", "From", func(v *Block) *value.Opt[value.Wall] { return &v.Start }).Required().
				Width(19).Example("Tue Mar 2, 8:00 am"),
			field.AtWall(4, "end", "Until", func(v *Block) *value.Opt[value.Wall] { return &v.End }).Required().
				Width(19).Example("Thu Mar 4, 5:00 pm"),
			field.Bool(5, "lifted", "Lifted", func(v *Block) *bool { return &v.Lifted }).Width(7),
			field.Long(6, "note", "Note", func(v *Block) *string { return &v.Note }).HiddenByDefault(),
		},
	}.Kind()
}

func checkBlock(c *field.Checking, before, v *Block) {
	if !v.Start.Set || !v.End.Set {
		return
	}
	if v.End.V <= v.Start.V {
		c.Add("end", "the block ends before it starts")
		return
	}
	if v.Lifted || before != nil && !before.Lifted && before.Unit == v.Unit && before.Start == v.Start &&
		before.End == v.End {
		return
	}
	cal := CalendarOf(c, c.Now)
	cal.Refuse(&c.Problems, Claim{Unit: v.Unit, From: v.Start.V, Until: v.End.V, Block: true, ExceptBlock: v.ID})
}

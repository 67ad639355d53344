package table

import (
	"maps"
	"slices"

	"interlocal/model/field"
)

// Column is one column of a table.
type Column struct {
	Name   string // by which a Layout knows it
	Title  string // its heading
	Width  int    // columns wanted
	Min    int    // below this it is left out; 0 follows Width
	Right  bool   // numbers, lined up on the right
	Hidden bool   // shown only when the user asks for it
}

// Of makes table columns of fields. Numbers and days keep their width; texts may
// become narrower.
func Of(fields []*field.Column) []Column {
	out := make([]Column, len(fields))
	for i, f := range fields {
		want := f.Width
		if want == 0 {
			want = usual(f.Shape)
		}
		c := Column{Name: f.Name, Title: f.Title, Width: want, Right: f.Shape.Numeric(), Hidden: f.Hidden}
		switch f.Shape {
		case field.ShapeInt, field.ShapeMoney, field.ShapeTenths, field.ShapePercent, field.ShapeDay,
			field.ShapeWall, field.ShapePhone, field.ShapeBool:
			c.Min = want
		case field.ShapeChoice:
			c.Min = min(want, 14)
		default:
			c.Min = min(want, max(short, want*3/5)) // a tag cut short names nothing
		}
		out[i] = c
	}
	return out
}

// short is the width up to which a text is shown in full or not at all.
const short = 12

// usual gives the width that suits a shape.
func usual(s field.Shape) int {
	switch s {
	case field.ShapeBool:
		return 5
	case field.ShapeInt, field.ShapePercent:
		return 8
	case field.ShapeTenths:
		return 10
	case field.ShapeDay, field.ShapeChoice:
		return 12
	case field.ShapeMoney, field.ShapePhone:
		return 14
	case field.ShapeWall:
		return 25
	case field.ShapeLong, field.ShapeURL, field.ShapeEmail:
		return 26
	}
	return 20
}

// Layout is what a user has changed about a table. The zero Layout is the table
// as it was meant. It can be stored as JSON.
type Layout struct {
	Hide   []string       `json:"hide,omitempty"`   // columns put away
	Show   []string       `json:"show,omitempty"`   // columns that are usually away, brought in
	Order  []string       `json:"order,omitempty"`  // columns from left to right; others follow
	Widths map[string]int `json:"widths,omitempty"` // widths set by hand
	Sort   string         `json:"sort,omitempty"`   // column sorted by
	Desc   bool           `json:"desc,omitempty"`   // from last to first
}

func (l Layout) clone() Layout {
	l.Hide, l.Show, l.Order = slices.Clone(l.Hide), slices.Clone(l.Show), slices.Clone(l.Order)
	l.Widths = maps.Clone(l.Widths)
	return l
}

// hides reports whether the layout puts a column away.
func (l *Layout) hides(c Column) bool {
	if c.Hidden {
		return !slices.Contains(l.Show, c.Name)
	}
	return slices.Contains(l.Hide, c.Name)
}

// toggle shows a column that is away and puts away one that is shown.
func (l *Layout) toggle(c Column) {
	list := &l.Hide
	if c.Hidden {
		list = &l.Show
	}
	if i := slices.Index(*list, c.Name); i >= 0 {
		*list = slices.Delete(*list, i, i+1)
	} else {
		*list = append(*list, c.Name)
	}
}

// ordered gives the numbers of all columns from left to right.
func (l *Layout) ordered(cols []Column) []int {
	out := make([]int, 0, len(cols))
	for _, name := range l.Order {
		i := slices.IndexFunc(cols, func(c Column) bool { return c.Name == name })
		if i >= 0 && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	for i := range cols {
		if !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

// visible gives the numbers of the columns to show, from left to right.
func (l *Layout) visible(cols []Column) []int {
	return slices.DeleteFunc(l.ordered(cols), func(i int) bool { return l.hides(cols[i]) })
}

// What a user can make of a column.
const (
	narrowest = 3
	widest    = 200
)

// size gives what a column asks of [Fit]. A width set by hand is kept exactly.
func (l *Layout) size(c Column) Size {
	if w, ok := l.Widths[c.Name]; ok {
		w = max(narrowest, min(w, widest))
		return Size{Want: w, Min: w}
	}
	want := max(c.Width, narrowest)
	least := c.Min
	if least <= 0 {
		least = max(min(want, 8), want*3/5)
	}
	return Size{Want: want, Min: min(least, want), Grow: !c.Right && least < want}
}

// Size is what one column asks for.
type Size struct {
	Want int  // columns that suit it
	Min  int  // fewer would be useless
	Grow bool // more would be welcome
}

// gap is the number of blanks between columns.
const gap = 2

// Fit gives each column its width within a total. Columns come in the order of
// their worth: when the least widths do not fit, the last ones are left out, with
// width 0. The first always stays. Above the least, width is shared out by what
// is missing to the width wanted. What is spare then goes to those that welcome
// more, up to twice what they wanted, and at last to the widest of them, up to
// four times.
func Fit(total int, cols []Size) []int {
	out := make([]int, len(cols))
	if len(cols) == 0 || total <= 0 {
		return out
	}
	kept, used := 1, min(cols[0].Min, total)
	for kept < len(cols) && used+gap+cols[kept].Min <= total {
		used += gap + cols[kept].Min
		kept++
	}
	out[0] = min(cols[0].Min, total)
	for i := 1; i < kept; i++ {
		out[i] = cols[i].Min
	}
	spare := share(out[:kept], total-used, func(i int) int { return cols[i].Want - out[i] })
	broadest := 0
	for _, c := range cols[:kept] {
		if c.Grow {
			broadest = max(broadest, c.Want)
		}
	}
	for times := 2; times <= 4; times += 2 {
		spare = share(out[:kept], spare, func(i int) int {
			if !cols[i].Grow || times > 2 && cols[i].Want < broadest {
				return 0
			}
			return times*cols[i].Want - out[i]
		})
	}
	return out
}

// share adds to each width at most its room, in proportion when there is not
// enough for all, and gives what is left.
func share(widths []int, spare int, room func(i int) int) int {
	rooms, all := make([]int, len(widths)), 0
	for i := range widths {
		rooms[i] = max(0, room(i))
		all += rooms[i]
	}
	if spare <= 0 || all == 0 {
		return max(spare, 0)
	}
	left := max(0, spare-all)
	give := min(spare, all)
	rest := give
	for i := range widths {
		part := give * rooms[i] / all
		widths[i] += part
		rooms[i] -= part
		rest -= part
	}
	for i := 0; rest > 0; i = (i + 1) % len(widths) {
		if rooms[i] > 0 {
			widths[i]++
			rooms[i]--
			rest--
		}
	}
	return left
}

// placed is a column on the screen.
type placed struct {
	col  int // its number
	x, w int // where it begins, counted from the table's left edge, and its width
}

// place lays the columns out for a width; the result is kept until it changes.
func (m *Model) place(width int) {
	if m.fitted == width {
		return
	}
	m.fitted = width
	visible := m.layout.visible(m.cols)
	sizes := make([]Size, len(visible))
	for i, c := range visible {
		sizes[i] = m.layout.size(m.cols[c])
	}
	m.placed = m.placed[:0]
	x := gutter
	for i, w := range Fit(width-gutter-barWidth, sizes) {
		if w > 0 {
			m.placed = append(m.placed, placed{visible[i], x, w})
			x += w + gap
		}
	}
}

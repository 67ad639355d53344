package cyber

import (
	"slices"
	"strconv"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
)

// takeUp works out every cell once, so that a key only draws.
func (h *heat) takeUp(sh *sheet, other bool) {
	h.cities = h.cities && !h.s.projected
	h.rows, h.hidden = rowsOf(sh.Framework, h.coarse), 0
	if h.cities {
		h.byCity(sh)
	} else {
		h.columns = h.byYear(sh)
	}
	h.fill()
	if other {
		h.col.At = 0
		if !h.cities { // the sheet's own year
			h.col.At = slices.IndexFunc(h.columns, func(c heatColumn) bool { return c.cycle == sh.Cycle.ID })
		}
	}
	h.col.Within(len(h.columns), h.col.Height)
	h.Within(len(h.rows), h.Height)
}

// rowsOf lists the lines of a framework.
func rowsOf(fw *framework.Framework, coarse bool) []heatRow {
	var rows []heatRow
	for _, fn := range fw.Functions {
		rows = append(rows, heatRow{string(fn.ID), fn.Name, fn.From, fn.To, true})
		for _, c := range fw.Categories[fn.CatFrom:fn.CatTo] {
			if coarse {
				rows = append(rows, heatRow{string(c.ID), c.Name, c.From, c.To, true})
				continue
			}
			for i := c.From; i < c.To; i++ {
				rows = append(rows, heatRow{string(fw.Items[i].ID), fw.Items[i].Question, i, i + 1, false})
			}
		}
	}
	return rows
}

// fill works out the cells.
func (h *heat) fill() {
	h.cells = make([][]heatCell, len(h.rows))
	block := make([]heatCell, len(h.rows)*len(h.columns))
	for i, r := range h.rows {
		h.cells[i] = block[i*len(h.columns) : (i+1)*len(h.columns)]
		for k, c := range h.columns {
			if r.whole {
				h.cells[i][k] = c.mean(r)
			} else {
				h.cells[i][k] = c.plain(r.from)
			}
		}
	}
}

// byYear makes a column of every year of the city.
func (h *heat) byYear(sh *sheet) (columns []heatColumn) {
	for _, y := range cyber.Years(h.s.d.View(), sh.City.ID, h.s.d.Today()) {
		columns = append(columns, sh.column(strconv.Itoa(y.Cycle.Year), y.Cycle, y.In(sh.Framework),
			y.Framework.Version != sh.Framework.Version))
	}
	if len(columns) == 0 {
		columns = []heatColumn{sh.column(strconv.Itoa(sh.Cycle.Year), sh.Cycle, sh.Levels, false)}
	}
	return columns
}

// column shows the city's own levels of a cycle.
func (sh *sheet) column(title string, c *cyber.Cycle, levels cyber.Levels, estimated bool) heatColumn {
	return heatColumn{title: title, cycle: c.ID, city: sh.City,
		plain: func(i int) heatCell { return levelCell(levels.At(i)) },
		mean:  func(r heatRow) heatCell { return meanCell(levels, r) },
		about: func(r heatRow) string { return sh.yearSentence(c, levels, r, estimated) }}
}

// levelCell draws one answer.
func levelCell(l cyber.Level) heatCell {
	v, _ := l.Value()
	return heatCell{string(cyber.Mark(l)), v}
}

// meanCell draws the mean of a part.
func meanCell(levels cyber.Levels, r heatRow) heatCell {
	sum, n := 0, 0
	for i := r.from; i < r.to; i++ {
		if v, ok := levels.At(i).Value(); ok {
			sum, n = sum+v, n+1
		}
	}
	if n == 0 {
		return heatCell{"–", 0}
	}
	return heatCell{cyber.NewRatio(int64(sum), int64(n)).String(), 0}
}

// yearSentence says what a city answered in a year, and how that compares.
func (sh *sheet) yearSentence(c *cyber.Cycle, levels cyber.Levels, r heatRow, estimated bool) string {
	in := " in " + strconv.Itoa(c.Year)
	if r.whole {
		mean := meanCell(levels, r)
		if mean.figure == "–" {
			return sh.City.Name + " has no level for " + r.part + in + "."
		}
		return sh.City.Name + " averages " + mean.figure + " for " + r.part + " " + r.name + in +
			" (mean of its subcategories); the minimum is " + strconv.Itoa(sh.Options.Minimum) + "."
	}
	l := levels.At(r.from)
	if l == "" {
		return sh.City.Name + " has not answered " + r.part + in + "."
	}
	says := sh.City.Name + " answered " + r.part + " with " + quoted(cyber.Label(l)) + in
	if v, ok := l.Value(); ok {
		switch goal := sh.Goal(r.from); {
		case v < goal:
			says += ", " + strconv.Itoa(goal-v) + " below its goal of " + strconv.Itoa(goal)
		default:
			says += ", at or above its goal of " + strconv.Itoa(goal)
		}
	}
	if estimated {
		says += "; estimated, since that year asked by another version of the framework"
	}
	return says + "."
}

func quoted(s string) string { return "“" + s + "”" }

// byCity makes a column of every city that has shared its scores with the
// viewer, beside the viewer's own, and one of the list of what at least two
// lack.
func (h *heat) byCity(sh *sheet) {
	shared := h.s.shared(sh.Cycle)
	h.columns = []heatColumn{sh.column(sh.City.Name, sh.Cycle, sh.Levels, false), shared.listColumn(sh)}
	for _, c := range shared.cities {
		if c.city.ID == sh.City.ID {
			continue
		}
		if c.scores == nil && c.bands == nil {
			h.hidden++
			continue
		}
		h.columns = append(h.columns, c.column(sh))
	}
}

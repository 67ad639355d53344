package match

// days holds the prices of the host day rules of an [ascent], by edge and date,
// and what comes of them: a full day pays the prices of everybody who might have
// come to whoever is away, and to whoever can take no other.
type days struct {
	dates       int
	price, best []float64
	step        []float64
	used, full  []float64
	// places are the prices that can matter.
	places []place
	// one tells who can take one visitor.
	one []bool
	// By person and date: what a full day away and a full day with a visitor pay,
	// and how many of each are chosen.
	awayPay, guestsPay []float64
	away, guests       []float64
}

func newDays(in *instance, options, edges []int32) days {
	d := days{dates: in.dates(), one: make([]bool, len(in.capacity))}
	for _, v := range []*[]float64{&d.price, &d.step, &d.used, &d.full} {
		*v = make([]float64, len(edges)*d.dates)
	}
	people := len(in.capacity) * d.dates
	for _, v := range []*[]float64{&d.awayPay, &d.guestsPay, &d.away, &d.guests} {
		*v = make([]float64, people)
	}
	for p, c := range in.capacity {
		d.one[p] = c == 1
	}
	matters := make([]bool, people)
	for _, o := range options {
		if x := &in.options[o]; x.full() {
			matters[int(x.visitor)*d.dates+x.date()] = true
			if d.one[x.host] {
				matters[int(x.host)*d.dates+x.date()] = true
			}
		}
	}
	for k, e := range edges {
		for date := range d.dates {
			if who := int(in.options[in.ofEdge[e][0]].host)*d.dates + date; matters[who] {
				d.places = append(d.places, place{int32(k*d.dates + date), int32(who)})
			}
		}
	}
	return d
}

// collect adds up what full days pay, and returns the sum of the prices.
func (d *days) collect() (sum float64) {
	for _, v := range [][]float64{d.awayPay, d.guestsPay, d.away, d.guests, d.used, d.full} {
		clear(v)
	}
	for _, p := range d.places {
		v := d.price[p.at]
		if v == 0 {
			continue
		}
		sum += v
		d.awayPay[p.who] += v
		if d.one[int(p.who)/d.dates] {
			d.guestsPay[p.who] += v
		}
	}
	return sum
}

// charge is what an option of edge k pays.
func (d *days) charge(k int, x *option) float64 {
	date := x.date()
	if !x.full() {
		return d.price[k*d.dates+date]
	}
	pay := d.awayPay[int(x.visitor)*d.dates+date]
	if d.one[x.host] {
		return pay + d.guestsPay[int(x.host)*d.dates+date] // its own price is among them
	}
	return pay + d.price[k*d.dates+date]
}

// use takes note that an option of edge k is chosen.
func (d *days) use(k int, x *option) {
	date := x.date()
	d.used[k*d.dates+date]++
	if x.full() {
		d.full[k*d.dates+date]++
		d.away[int(x.visitor)*d.dates+date]++
		d.guests[int(x.host)*d.dates+date]++
	}
}

// turn updates the direction from what the rules leave, and returns its square.
func (d *days) turn() (norm float64) {
	for _, p := range d.places {
		slack := 1 - d.used[p.at] - d.away[p.who]
		if d.one[int(p.who)/d.dates] {
			slack -= d.guests[p.who] - d.full[p.at]
		}
		step := memory*d.step[p.at] - slack
		d.step[p.at] = step
		if d.price[p.at] > 0 || step > 0 {
			norm += step * step
		}
	}
	return norm
}

// move goes some way in the direction.
func (d *days) move(by float64) {
	for _, p := range d.places {
		d.price[p.at] = max(0, d.price[p.at]+by*d.step[p.at])
	}
}

package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
)

// A field is where a word stands; a word said in the title says more.
type field uint8

const (
	inTitle field = iota
	inTags
	inDuties
	fields
)

// The words that join others and mean nothing by themselves.
const stopWords = "a all an and any are as at be by for from if in including into is it its may not of on or other " +
	"out such than that the their them they this to up using which who with"

// longestWord cuts what is no word at all (a pasted link, a key) to a length
// that costs nothing.
const longestWord = 40

// longestShort is the length of the longest short form, in words.
const longestShort = 3

// A vocabulary reads texts as sequences of word numbers, short forms written
// out. The openings are the first words of short forms.
type vocabulary struct {
	synonyms map[string][]string
	openings map[string]bool
	stops    map[string]bool
	number   map[string]int32
	words    []string
	count    []int32
}

func newVocabulary(table []Synonym) *vocabulary {
	v := &vocabulary{
		synonyms: map[string][]string{}, openings: map[string]bool{}, stops: map[string]bool{},
		number: map[string]int32{},
	}
	for w := range strings.FieldsSeq(stopWords) {
		v.stops[w] = true
	}
	for _, s := range table {
		short, long := splitWords(s.Short), splitWords(s.Long)
		if len(short) > 0 && len(short) <= longestShort && len(long) > 0 {
			v.synonyms[strings.Join(short, " ")] = long
			v.openings[short[0]] = true
		}
	}
	return v
}

// read returns the numbers of the words of a text, joining words left out.
func (v *vocabulary) read(text string) []int32 {
	words := splitWords(text)
	out := make([]int32, 0, len(words))
	for i := 0; i < len(words); {
		long, used := v.expand(words[i:], text)
		if used == 0 {
			long, used = words[i:i+1], 1
		}
		for _, w := range long {
			if !v.stops[w] {
				out = append(out, v.intern(w))
			}
		}
		i += used
	}
	return out
}

// expand looks the longest short form at the start of words up. A short form
// that is also an everyday word, as IT is, must be written in capitals.
func (v *vocabulary) expand(words []string, text string) ([]string, int) {
	if !v.openings[words[0]] {
		return nil, 0
	}
	for n := min(longestShort, len(words)); n > 0; n-- {
		short := words[0]
		if n > 1 {
			short = strings.Join(words[:n], " ")
		}
		long, ok := v.synonyms[short]
		if ok && (!v.stops[short] || strings.Contains(text, strings.ToUpper(short))) {
			return long, n
		}
	}
	return nil, 0
}

func (v *vocabulary) intern(word string) int32 {
	id, ok := v.number[word]
	if !ok {
		id = int32(len(v.words))
		word = strings.Clone(word)
		v.number[word] = id
		v.words = append(v.words, word)
		v.count = append(v.count, 0)
	}
	v.count[id]++
	return id
}

// splitWords returns the words of a text in small letters, apostrophes dropped
// and everything else that is neither letter nor digit taken as a gap.
func splitWords(text string) []string {
	text = strings.ToLower(text)
	if strings.ContainsAny(text, "'’") {
		text = strings.NewReplacer("'", "", "’", "").Replace(text)
	}
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for i, w := range words {
		if len(w) > longestWord {
			cut := longestWord
			for !utf8.RuneStart(w[cut]) {
				cut--
			}
			words[i] = w[:cut]
		}
	}
	return words
}

// A stemming gives each word its stem, and each stem the commonest word that
// has it, which is what a reason shows.
type stemming struct {
	of   []int32
	show []string
}

// stems applies the English Snowball stemmer (Porter 2001) after mending slips
// of the keyboard.
func (v *vocabulary) stems() stemming {
	mended := v.mend()
	s := stemming{of: make([]int32, len(v.words))}
	number := map[string]int32{}
	var best []int32
	for w := range v.words {
		m := mended[w]
		stem := english.Stem(v.words[m], false)
		id, ok := number[stem]
		if !ok {
			id = int32(len(s.show))
			number[stem] = id
			s.show = append(s.show, v.words[m])
			best = append(best, v.count[m])
		}
		if v.count[m] > best[id] {
			s.show[id], best[id] = v.words[m], v.count[m]
		}
		s.of[w] = id
	}
	return s
}

// A word seen once is taken for a slip when swapping two neighbouring letters
// gives a word seen at least this often.
const (
	mendSeen   = 3
	mendLength = 5
)

// mend maps each word to itself or, for a likely slip, to the word meant.
func (v *vocabulary) mend() []int32 {
	to := make([]int32, len(v.words))
	for w, word := range v.words {
		to[w] = int32(w)
		if v.count[w] > 1 || len(word) < mendLength {
			continue
		}
		letters := []byte(word)
		var seen int32 = mendSeen - 1
		for i := 1; i < len(letters); i++ {
			letters[i-1], letters[i] = letters[i], letters[i-1]
			if x, ok := v.number[string(letters)]; ok && v.count[x] > seen {
				to[w], seen = x, v.count[x]
			}
			letters[i-1], letters[i] = letters[i], letters[i-1]
		}
	}
	return to
}

// gramLength letters in a row are a unit of spelling.
const gramLength = 4

// grams gives each word the numbers of its letter runs, ends marked, and the
// number of different runs.
func (v *vocabulary) grams() ([][]int32, int) {
	of := make([][]int32, len(v.words))
	number := map[string]int32{}
	for w, word := range v.words {
		marked := "^" + word + "$"
		for i := 0; i == 0 || i+gramLength <= len(marked); i++ {
			run := marked[i:min(i+gramLength, len(marked))]
			id, ok := number[run]
			if !ok {
				id = int32(len(number))
				number[run] = id
			}
			of[w] = append(of[w], id)
		}
	}
	return of, len(number)
}

package field

// Headings say how files from elsewhere head the columns of a kind's records.
type Headings struct {
	// Words are what offices call a field, squeezed or not; fields mentioned first
	// win where two share a word.
	Words []HeadingWords
	// Asked finds the field that a question is about which is in no list: its
	// letters and digits alone, in lower case. "" is none.
	Asked func(question string) string
	// Form describes rows in which the records come otherwise than as they are
	// kept; headings that name a field of FormHas tell such a file.
	Form    func() *Kind
	FormHas []string
}

// HeadingWords are the words for one field, separated by commas.
type HeadingWords struct{ Field, Words string }

package field

// Headings say how files from elsewhere head the columns of a kind's records,
// and how they write what stands beneath.
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
	// Recast turns the rows of a file that lists the records otherwise, such as in a
	// column each, into rows beneath headings, with the row that each is from; nil
	// when they are none.
	Recast func(rows [][]string) (out [][]string, from []int)
	// Values are what offices write for the choices of a field.
	Values []ValueWords
	// Arrive mends the texts of a row before they are read: a name in capitals, an
	// extension in a column of its own. Gains are fields it may fill without a
	// column.
	Arrive func(row Arrival)
	Gains  []string
	// Rest names for a list of references the list of texts that takes what names
	// no record: it must stand behind the list and be among Gains.
	Rest map[string]string
	// Fresh gives texts for fields that a new record needs and lists of the kind do
	// not have: a unit on a fleet's list is active.
	Fresh map[string]string
	// Aside says why a row is no record to be kept, such as that of a vacant post;
	// "" when it is one.
	Aside func(row Arrival) string
	// Called gives the form in which names of records from outside are compared
	// once they are found under no label.
	Called func(name string) string
	// Names says of which kind the records are that the text of a field names,
	// where the field is no reference, as on a form.
	Names map[string]string
	// Answers are what a value of a field can mean, to choose from where the field
	// has no choices of its own.
	Answers map[string][]string
	// Told finds a field by its values where no heading tells it: whether a value
	// speaks of it.
	Told map[string]func(value string) bool
	// Maybe lists sets of fields that two records seldom share: whether a new row
	// that does so means the record is asked.
	Maybe [][]string
}

// HeadingWords are the words for one field, separated by commas.
type HeadingWords struct{ Field, Words string }

// ValueWords are the words for one choice of a field, separated by commas.
type ValueWords struct{ Field, Value, Words string }

// Arrival is a row of a file before it is read, as text by field.
type Arrival interface {
	// Said gives the text for a field.
	Said(field string) string
	// Means puts another text in its place.
	Means(field, text string)
	// Beside gives the text beneath the first heading that is one of the words,
	// letters and digits alone, whatever it was taken for.
	Beside(words ...string) string
}

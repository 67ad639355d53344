package forms

import (
	"strconv"
	"strings"

	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// Question is one of the form by which people sign up, as form builders ask it.
type Question struct {
	Text     string
	Sort     string // how it is answered, in the builders' words
	Choices  []string
	Required bool
}

const (
	shortText   = "short text"
	longText    = "long text"
	oneAnswer   = "choice, one answer"
	manyAnswers = "choice, several answers"
)

// Questions are those of the form that goes out for an event. What comes back is
// read without a question, whichever builder asked them: no choice holds a comma
// or a semicolon, by which builders part several answers.
func Questions(e *shadowing.Event, cities []string) []Question {
	var slots []string
	for _, s := range e.HalfDays() {
		half := "morning"
		if s.Half() == value.Afternoon {
			half = "afternoon"
		}
		_, month, day := s.Day().Date()
		slots = append(slots, s.Day().Weekday().String()+" "+month.String()+" "+strconv.Itoa(day)+" "+half)
	}
	return []Question{
		{Text: "Your full name", Sort: shortText, Required: true},
		{Text: "Your work e-mail address", Sort: shortText, Required: true},
		{Text: "Which city do you work for?", Sort: oneAnswer, Choices: cities, Required: true},
		{Text: "Your department", Sort: shortText},
		{Text: "Your job title", Sort: shortText},
		{Text: "What are your main duties?", Sort: longText},
		{Text: "Would you like to visit or host?", Sort: oneAnswer, Required: true,
			Choices: []string{"Visit somebody in another city", "Host a visitor", "Both"}},
		{Text: "Half or full day?", Sort: oneAnswer, Choices: []string{"Half day", "Full day", "Either"}},
		{Text: "When are you available?", Sort: manyAnswers, Choices: slots, Required: true},
		{Text: "How many visitors can you host at once?", Sort: oneAnswer, Choices: []string{"1", "2", "3", "4"}},
		{Text: "Has your supervisor approved?", Sort: oneAnswer, Choices: []string{"Yes", "Not yet"}},
		{Text: "What would you like to see?", Sort: longText},
		{Text: "Do you need any accommodations?", Sort: longText},
	}
}

// Asked writes how a question is answered.
func (q Question) Asked() string {
	if q.Required {
		return q.Sort + ", required"
	}
	return q.Sort
}

// FormText writes the form as text to paste into a form builder, each choice on a
// line of its own.
func FormText(e *shadowing.Event, cities []string) string {
	var b strings.Builder
	b.WriteString(e.Name + ": sign-up\n")
	for i, q := range Questions(e, cities) {
		b.WriteString("\n" + strconv.Itoa(i+1) + ". " + q.Text + "  [" + q.Asked() + "]\n")
		for _, c := range q.Choices {
			b.WriteString(c + "\n")
		}
	}
	return b.String()
}

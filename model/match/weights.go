package match

// Weights say how much each kind of likeness counts. They are plain integers
// so that they can be shown, edited and stored; zero switches a part off.
type Weights struct {
	// Title, Tags and Duties weigh a word by the field it stands in.
	Title  int `json:"title"`
	Tags   int `json:"tags"`
	Duties int `json:"duties"`
	// Words, Spelling and Related are the points of two people whose words,
	// letters and meaning agree entirely.
	Words    int `json:"words"`
	Spelling int `json:"spelling"`
	Related  int `json:"related"`
	// DepartmentName is the points of the same department name, Area the
	// points per step (a factor e) by which two departments' people are alike
	// more often than chance would have it.
	DepartmentName int `json:"departmentName"`
	Area           int `json:"area"`
	// Agreement is the percentage of the neighbours' opinion added to one's
	// own, Neighbours how many are asked.
	Agreement  int `json:"agreement"`
	Neighbours int `json:"neighbours"`
}

// DefaultWeights returns weights that serve city halls well; they were chosen
// on public task statements of occupations, by group of occupations.
func DefaultWeights() Weights {
	return Weights{
		Title: 20, Tags: 15, Duties: 10,
		Words: 100, Spelling: 100, Related: 80,
		DepartmentName: 15, Area: 35,
		Agreement: 70, Neighbours: 5,
	}
}

// The sizes below trade a little quality for time. They do not depend on the
// people, so a ranking never changes because a machine was slow.
const (
	// dimensions of the space of meaning, and of the sketch of it that tells
	// who is worth a closer look.
	dimensions = 80
	sketched   = 24
	// trainingPeople are enough to find that space in.
	trainingPeople = 2500
	// probed people, those in the nearest groups, are compared in meaning, and
	// the best of them word by word.
	probed   = 1300
	compared = 320
	// wordsKept words and runsKept letter runs of each person, the heaviest,
	// are compared.
	wordsKept = 200
	runsKept  = 64
	// listed people are compared letter by letter and kept.
	listed = 160
	// areaVotes nearest people in other cities show which departments belong
	// together.
	areaVotes = 10
	// areaPrior is how many votes it takes to be believed.
	areaPrior = 2
	// areaLimit is the largest number of departments compared; rarer ones
	// count by name only.
	areaLimit = 600
)

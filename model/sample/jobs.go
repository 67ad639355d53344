package sample

import "interlocal/model/partnership"

// job is a line of work that every city has under a title of its own. Names,
// titles and wording differ from city to city, as they do.
type job struct {
	department string
	titles     [5]string
	names      [5]string // invented
	roles      []partnership.ContactRole
	tags       []string
	duties     []string // a city's person has three of them
	licence    string
}

// Places in the list of jobs to which the story refers.
const (
	jobManager = iota
	jobLiaison
	jobIT
	jobHR
	jobPurchasing
	jobTraining
	jobClerk
	jobCounsel
	jobFleet
	jobStreets
	jobGIS
	jobPayroll
	jobRecords
	jobCodes
	jobCount
)

func jobs() []job {
	return append(officeJobs(), fieldJobs()...)
}

func officeJobs() []job {
	return []job{
		{department: "City Manager's Office", roles: []partnership.ContactRole{partnership.RoleManager},
			tags: []string{"leadership"},
			titles: [5]string{"City Manager", "City Manager", "City Administrator", "City Manager",
				"City Administrator"},
			names: [5]string{"Marian Okafor", "Glenn Tillery", "Rosalind Pruett", "Hector Valdivia",
				"Joanne Birkholz"},
			duties: []string{"Prepare the council agenda", "Oversee the annual budget", "Lead the department heads",
				"Speak for the city in regional bodies", "Plan capital projects with the finance director"}},
		{department: "City Manager's Office", roles: []partnership.ContactRole{partnership.RoleLiaison},
			tags: []string{"shared services"},
			titles: [5]string{"Assistant City Manager", "Deputy City Manager", "Management Analyst",
				"Assistant to the City Manager", "Management Analyst"},
			names: [5]string{"Curtis Haldane", "Priya Venkat", "Delia Montrose", "Owen Stracke", "Tessa Wynn"},
			duties: []string{"Coordinate shared services with neighboring cities",
				"Write staff reports for the council",
				"Track performance measures", "Manage grant applications",
				"Draft cooperative agreements with counsel"}},
		{department: "Information Technology", roles: []partnership.ContactRole{partnership.RoleIT},
			tags: []string{"it", "security"},
			titles: [5]string{"Director of Technology", "Chief Technology Officer", "IT Manager",
				"Information Systems Manager", "IT Director"},
			names: [5]string{"Samir Ahluwalia", "Beth Lindqvist", "Andre Colvin", "Noelle Tran", "Warren Ispas"},
			duties: []string{"Manage servers, networks and backups", "Lead the yearly cybersecurity self-assessment",
				"Support police and fire dispatch systems", "Plan replacement of desktop computers",
				"Respond to phishing and security incidents", "Negotiate software licenses"}},
		{department: "Human Resources", roles: []partnership.ContactRole{partnership.RoleHR}, tags: []string{"hr"},
			titles: [5]string{"Human Resources Director", "Director of Human Resources", "HR Manager",
				"Human Resources Manager", "HR Generalist"},
			names: [5]string{"Yvette Carmody", "Lowell Brandt", "Keisha Munroe", "Ingrid Sollars", "Paul Nakagawa"},
			duties: []string{"Recruit for hard-to-fill positions", "Run employee exit interviews",
				"Administer health benefits",
				"Advise supervisors on discipline", "Keep the pay plan up to date"}},
		{department: "Finance", roles: []partnership.ContactRole{partnership.RolePurchasing},
			tags: []string{"purchasing"},
			titles: [5]string{"Procurement Manager", "Purchasing Officer", "Purchasing Agent", "Buyer",
				"Finance and Purchasing Analyst"},
			names: [5]string{"Leonard Faust", "Simone Adair", "Rebecca Thorne", "Marcus Eldridge", "Gwen Paxton"},
			duties: []string{"Write solicitations and open bids", "Piggyback on cooperative contracts",
				"Manage purchasing cards",
				"Keep vendor records", "Check requisitions against the budget"}},
		{department: "Human Resources", roles: []partnership.ContactRole{partnership.RoleTraining},
			tags: []string{"training"},
			titles: [5]string{"Training Coordinator", "Learning and Development Manager", "Training Specialist",
				"Safety and Training Officer", "Training Coordinator"},
			names: [5]string{"Nadia Feldt", "Roland Beasley", "Corinne Oyelaran", "Travis Mundt", "Elise Garrity"},
			duties: []string{"Schedule supervisory training", "Keep training records", "Orient new employees",
				"Run safety courses for field crews", "Arrange governance training for boards and commissions"}},
		{department: "City Clerk", roles: []partnership.ContactRole{partnership.RoleClerk}, tags: []string{"records"},
			titles: [5]string{"City Clerk", "City Clerk", "City Clerk", "City Clerk", "City Clerk"},
			names:  [5]string{"Harriet Bloom", "Denise Okonkwo", "Vernon Sayles", "Patrice Lemoine", "Colleen Drury"},
			duties: []string{"Keep the minutes of the council", "Answer open-records requests",
				"Publish agendas and packets",
				"Attest resolutions and ordinances", "Manage records retention"}},
		{department: "Law", roles: []partnership.ContactRole{partnership.RoleCounsel}, tags: []string{"legal"},
			titles: [5]string{"City Counselor", "City Attorney", "City Attorney", "City Attorney", "City Counselor"},
			names:  [5]string{"Theodore Marsh", "Anita Raghavan", "Miles Kettering", "Susannah Boyle", "Franklin Dace"},
			duties: []string{"Approve contracts as to form", "Advise the council on open meetings",
				"Review interlocal agreements",
				"Prosecute ordinance violations", "Handle claims with the insurer"}},
	}
}

func fieldJobs() []job {
	return []job{
		{department: "Public Works", roles: []partnership.ContactRole{partnership.RoleFleet}, tags: []string{"fleet"},
			licence: "CDL class A",
			titles: [5]string{"Fleet Manager", "Fleet Superintendent", "Fleet Supervisor", "Fleet and Facilities " +
				"Supervisor", "Shop Foreman"},
			names: [5]string{"Russ Callender", "Ilse Hoffman", "Dwight Sorrell", "Manny Arceo", "Peg Whitlock"},
			duties: []string{"Schedule preventive maintenance of vehicles", "Lend and borrow heavy equipment",
				"Buy trucks and mowers",
				"Manage fuel and parts", "Train equipment operators"}},
		{department: "Public Works", tags: []string{"streets", "snow"}, licence: "CDL class B",
			titles: [5]string{"Street Superintendent", "Operations Manager, Streets", "Street Supervisor",
				"Public Works Superintendent", "Street Superintendent"},
			names: [5]string{"Calvin Roark", "Dolores Finch", "Stuart Amble", "Jerome Pickett", "Dana Reyes"},
			duties: []string{"Plan snow and ice control", "Supervise pothole patching and overlay crews",
				"Schedule street sweeping",
				"Manage leaf and brush pick-up", "Keep storm drains clear"}},
		{department: "Community Development", tags: []string{"gis"},
			titles: [5]string{"GIS Manager", "GIS Analyst", "GIS Coordinator", "GIS Technician",
				"Planner and GIS Analyst"},
			names: [5]string{"Lena Forsythe", "Amos Delacroix", "Hye-jin Park", "Bridget Salter", "Tomas Reinholt"},
			duties: []string{"Maintain the street and parcel maps", "Publish web maps for residents",
				"Map water and sewer lines",
				"Analyze crash locations", "Support emergency responders with maps"}},
		{department: "Finance", tags: []string{"payroll"},
			titles: [5]string{"Payroll Supervisor", "Payroll Administrator", "Payroll Specialist", "Accountant",
				"Payroll Clerk"},
			names: [5]string{"Verna Talbot", "Jacob Ennis", "Mireille Castaneda", "Opal Henning", "Seth Brockway"},
			duties: []string{"Run the bi-weekly payroll", "Reconcile retirement contributions", "Report payroll taxes",
				"Enter time sheets and leave", "Answer employees' pay questions"}},
		{department: "Police", tags: []string{"police", "dispatch"},
			titles: [5]string{"Police Records Supervisor", "Communications Manager", "Records Manager",
				"Dispatch Supervisor", "Records Clerk"},
			names: [5]string{"Ruth Anselm", "Clay Dunmore", "Felicia Hart", "Arlen Voss", "Monica Teague"},
			duties: []string{"Supervise police records", "Schedule dispatchers", "Report crime statistics to the state",
				"Coordinate mental-health co-responders", "Release body-camera video"}},
		{department: "Community Development", tags: []string{"codes", "inspections"}, licence: "Building inspector",
			titles: [5]string{"Code Compliance Manager", "Building Official", "Code Enforcement Supervisor",
				"Codes Administrator", "Building Inspector"},
			names: [5]string{"Nolan Abernathy", "Greta Salazar", "Philip Orozco", "Jill Strand", "Desmond Carey"},
			duties: []string{"Inspect buildings under construction", "Follow up on property maintenance complaints",
				"Issue building permits",
				"Review plans for small projects", "Testify in municipal court"}},
	}
}

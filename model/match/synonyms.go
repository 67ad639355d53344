package match

import "strings"

// A Synonym says that Short (an abbreviation, a brand, a variant) is to be read
// as Long. Both are plain words; case and punctuation do not matter. Short may
// be up to three words.
type Synonym struct {
	Short string `json:"short"`
	Long  string `json:"long"`
}

// DefaultSynonyms returns the abbreviations of an American city hall. The slice
// is the caller's to change.
func DefaultSynonyms() []Synonym {
	var table []Synonym
	for line := range strings.SplitSeq(strings.TrimSpace(municipalTerms), "\n") {
		short, long, _ := strings.Cut(line, "=")
		table = append(table, Synonym{Short: strings.TrimSpace(short), Long: strings.TrimSpace(long)})
	}
	return table
}

const municipalTerms = `
acct = accounting
acctg = accounting
admin = administration
aco = animal control officer
ada = accessibility
adm = administration
ap = accounts payable
app = application
apt = apartment
ar = accounts receivable
asst = assistant
assoc = associate
ats = applicant tracking
atty = attorney
bas = building automation
bldg = building
bmp = stormwater practice
budg = budget
cad = computer aided drafting
cafr = annual financial report
acfr = annual financial report
cao = chief administrative officer
capt = captain
cc = council
cctv = camera inspection
cdbg = community development block grant
cdl = commercial driver license
ceo = chief executive officer
cert = certification
cfo = chief financial officer
cio = chief information officer
cip = capital improvement program
cmms = maintenance management system
cmo = city manager
coord = coordinator
cpa = public accountant
cpr = resuscitation
csr = customer service representative
cso = community service officer
cvb = tourism
dba = database administrator
dept = department
depts = departments
dev = development
dir = director
dispatch = dispatcher
dist = district
docs = documents
dot = transportation
dpw = public works
ees = employees
emp = employee
ems = emergency medical services
emt = emergency medical technician
emgt = emergency management
emerg = emergency
engr = engineer
eng = engineering
eoc = emergency operations
eq = equipment
equip = equipment
erp = enterprise resource planning
esri = geographic information systems
evt = emergency vehicle technician
fac = facilities
ff = firefighter
fin = finance
fd = fire department
gis = geographic information systems
govt = government
hazmat = hazardous materials
hr = human resources
hvac = heating ventilation air conditioning
ibc = building code
info = information
insp = inspector
inst = installation
irc = residential code
it = information technology
jd = job description
lab = laboratory
legis = legislative
lt = lieutenant
m and o = maintenance and operations
maint = maintenance
mech = mechanic
mfg = manufacturing
mgmt = management
mgr = manager
mgt = management
ms4 = stormwater
mun = municipal
muni = municipal
npdes = wastewater discharge permit
o and m = operations and maintenance
ofc = officer
ofcr = officer
op = operator
oper = operator
ops = operations
osha = safety
parks and rec = parks and recreation
pd = police department
pers = personnel
pio = public information officer
pm = preventive maintenance
pr = public relations
prof = professional
prog = program
proj = project
psap = dispatch
pub = public
pub works = public works
purch = purchasing
pw = public works
qa = quality assurance
qc = quality control
rec = recreation
recs = records
rep = representative
rfp = request for proposals
rn = registered nurse
rtu = telemetry
sanit = sanitation
scada = supervisory control telemetry
sched = schedule
scm = supply
sec = secretary
sgt = sergeant
spec = specialist
sro = school resource officer
sr = senior
stp = sewage treatment plant
supt = superintendent
supv = supervisor
svc = service
svcs = services
sw = solid waste
sys = systems
tech = technician
tif = tax increment
trans = transportation
trng = training
util = utility
utils = utilities
veh = vehicle
wtp = water treatment plant
ww = wastewater
wwtf = wastewater treatment plant
wwtp = wastewater treatment plant
wrf = wastewater treatment plant
wrrf = wastewater treatment plant
xo = executive officer
`

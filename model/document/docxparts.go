package document

// docxOffice begins the names of content types and relations of Word files.
const (
	docxOffice   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	docxRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	docxPackage  = "http://schemas.openxmlformats.org/package/2006/"
)

// docxTypes says what each part of the file is.
const docxTypes = `<Types xmlns="` + docxPackage + `content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + docxOffice + `document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + docxOffice + `styles+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="` + docxOffice + `numbering+xml"/>` +
	`<Override PartName="/docProps/core.xml" ` +
	`ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`</Types>`

// docxRelations says where the text and the title are.
const docxRelations = `<Relationships xmlns="` + docxPackage + `relationships">` +
	`<Relationship Id="r1" Type="` + docxRelation + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="r2" Type="` + docxPackage +
	`relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`</Relationships>`

// docxParts says what the text uses.
const docxParts = `<Relationships xmlns="` + docxPackage + `relationships">` +
	`<Relationship Id="r1" Type="` + docxRelation + `styles" Target="styles.xml"/>` +
	`<Relationship Id="r2" Type="` + docxRelation + `numbering" Target="numbering.xml"/>` +
	`</Relationships>`

// docxBullets is the one kind of list there is.
const docxBullets = `<w:numbering ` + docxNamespace + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">` +
	`<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:pPr><w:ind w:left="360" w:hanging="260"/>` +
	`</w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

// docxStyles sets black on white, 11 points, in faces that offices have. A clerk
// changes how a paper looks by changing a style.
const docxStyles = `<w:styles ` + docxNamespace + `><w:docDefaults><w:rPrDefault><w:rPr>` +
	`<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Times New Roman"/><w:sz w:val="22"/>` +
	`<w:lang w:val="en-US"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr>` +
	`</w:pPrDefault></w:docDefaults>` +
	`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>` +
	`<w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/><w:basedOn w:val="Normal"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>` +
	`<w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="200" w:after="60"/><w:outlineLvl w:val="0"/>` +
	`</w:pPr><w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>` +
	`<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:spacing w:after="40"/></w:pPr></w:style>` +
	`<w:style w:type="paragraph" w:customStyle="1" w:styleId="Small"><w:name w:val="Small"/>` +
	`<w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="18"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:customStyle="1" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/>` +
	`<w:pPr><w:spacing w:after="20"/></w:pPr><w:rPr><w:sz w:val="20"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:customStyle="1" w:styleId="CellRight"><w:name w:val="Cell right"/>` +
	`<w:basedOn w:val="Cell"/><w:pPr><w:jc w:val="right"/></w:pPr></w:style>` +
	`<w:style w:type="paragraph" w:customStyle="1" w:styleId="Head"><w:name w:val="Head"/><w:basedOn w:val="Cell"/>` +
	`<w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:customStyle="1" w:styleId="HeadRight"><w:name w:val="Head right"/>` +
	`<w:basedOn w:val="Head"/><w:pPr><w:jc w:val="right"/></w:pPr></w:style>` +
	`<w:style w:type="table" w:customStyle="1" w:styleId="Grid"><w:name w:val="Grid"/><w:tblPr><w:tblBorders>` +
	`<w:top w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/>` +
	`</w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>` +
	`</w:tblPr></w:style></w:styles>`

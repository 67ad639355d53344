package exchange
import ("testing";"strings";"errors")
func TestZZ(t *testing.T){
	rows := `<row>` + cellXML("A1", "Name") + cellXML("C1", "City") + `<c t="s"><v>0</v></c></row>` +
		`<row r="5"><c r="C5" t="str"><f>x</f><v>Raytown</v></c><c r="A5" t="s"><v>1</v></c><c r="XFD5" s="1"/><c r="D5" t="e"><v>#N/A</v></c></row>` +
		`<row r="9"><c r="A9" t="s"><v>99</v></c><c r="B9" t="s"><v>-1</v></c><c r="C9"><v>abc</v></c><c r="" t="b"><v>1</v></c></row>`
	shared := `<sst><si><t>Ti</t></si><si><r><t>Da</t></r><r><t>na_x000D__x005F_x</t></r><rPh sb="0" eb="1"><t>reading</t></rPh></si></sst>`
	for _, f := range []string{"PK\x05\x06" + strings.Repeat("\x00", 18), string(bookOf(t, rows, map[string]string{"xl/sharedStrings.xml": shared})), string(bookOf(t,rows,nil))} {
		_, err := readXLSX([]byte(f), &Sheet{File:"x"}, ReadOptions{})
		t.Log(err, errors.Unwrap(err))
	}
}

package match

import (
	"math"
	"math/rand/v2"
)

// The space of meaning is the best low-dimensional approximation of the term
// matrix (latent semantic analysis; Deerwester and others 1990): people whose
// words keep the same company come close even when they share none. It is found
// by randomized subspace iteration (Halko, Martinsson and Tropp 2011), which
// needs nothing but products with the sparse matrix. Inner products do not
// change when a basis is rotated, so no singular vectors are computed: any
// orthonormal basis of the subspace will do.

// subspaceRounds of iteration separate the directions well enough; more change
// no ranking that one would notice.
const subspaceRounds = 4

// subspaceSeed starts the iteration. It is fixed: the result is the same each
// time.
const subspaceSeed = 20240229

// A space gives each person a unit vector of dim coordinates.
type space struct {
	dim    int
	coords []float32
}

func (s *space) of(i int) []float32 { return s.coords[i*s.dim : (i+1)*s.dim] }

// leading returns the space of the first coordinates alone. Iteration puts the
// strongest directions first, so they are a fair sketch of the whole.
func (s *space) leading(dim int) *space {
	people := len(s.coords) / s.dim
	dim = min(dim, s.dim)
	out := &space{dim: dim, coords: make([]float32, people*dim)}
	for i := range people {
		copy(out.of(i), s.of(i)[:dim])
		normalise(out.of(i))
	}
	return out
}

// newSpace finds the directions in at most trainingPeople people, evenly
// spread, and places everybody in them.
func newSpace(m *termMatrix, run Parallel) *space {
	people := len(m.at) - 1
	train := evenly(people, trainingPeople)
	dim := max(1, min(dimensions, len(train), m.terms))
	basis := randomBasis(m.terms, dim)
	scores := make([]float32, len(train)*dim)
	for range subspaceRounds {
		m.project(train, basis, scores, dim, run)
		orthonormalise(scores, len(train), dim, run)
		m.gather(train, scores, basis, dim)
	}
	for range 2 {
		orthonormalise(basis, m.terms, dim, run)
	}
	s := &space{dim: dim, coords: make([]float32, people*dim)}
	m.project(evenly(people, people), basis, s.coords, dim, run)
	for i := range people {
		normalise(s.of(i))
	}
	return s
}

// evenly returns at most limit of the numbers below n, evenly spaced.
func evenly(n, limit int) []int32 {
	count := min(n, limit)
	out := make([]int32, count)
	for k := range out {
		out[k] = int32(k * n / count)
	}
	return out
}

func randomBasis(rows, dim int) []float32 {
	source := rand.New(rand.NewPCG(subspaceSeed, uint64(dim)))
	basis := make([]float32, rows*dim)
	for i := range basis {
		basis[i] = float32(source.Float64() - 0.5)
	}
	return basis
}

// project sets out = M·basis for the rows named.
func (m *termMatrix) project(rows []int32, basis, out []float32, dim int, run Parallel) {
	run.chunks(len(rows), func(from, to int) {
		for r := from; r < to; r++ {
			dst := out[r*dim : (r+1)*dim]
			clear(dst)
			for _, c := range m.row(int(rows[r])) {
				addScaled(dst, basis[int(c.term)*dim:(int(c.term)+1)*dim], c.weight)
			}
		}
	})
}

// gather sets basis = Mᵀ·scores over the rows named, in their order.
func (m *termMatrix) gather(rows []int32, scores, basis []float32, dim int) {
	clear(basis)
	for r, row := range rows {
		src := scores[r*dim : (r+1)*dim]
		for _, c := range m.row(int(row)) {
			addScaled(basis[int(c.term)*dim:(int(c.term)+1)*dim], src, c.weight)
		}
	}
}

// orthonormalise makes the columns of a row-major matrix orthonormal through
// the Cholesky factor of its Gram matrix (CholeskyQR, Stathopoulos and Wu 2002);
// done twice it is as good as Gram-Schmidt, and it reads the matrix in order. A
// column that depends on others becomes zero.
func orthonormalise(a []float32, rows, dim int, run Parallel) {
	inverse := choleskyInverse(gramMatrix(a, rows, dim, run), dim)
	run.chunks(rows, func(from, to int) {
		for r := from; r < to; r++ {
			row := a[r*dim : (r+1)*dim]
			for i := dim - 1; i >= 0; i-- {
				row[i] = dot(inverse[i*dim:i*dim+i+1], row[:i+1])
			}
		}
	})
}

// gramMatrix returns the lower triangle of aᵀ·a. Bands of columns are summed
// side by side, each from the first row to the last.
func gramMatrix(a []float32, rows, dim int, run Parallel) []float64 {
	const band = 8
	gram := make([]float64, dim*dim)
	bands := (dim + band - 1) / band
	sum := func(b int) {
		first, last := b*band, min(dim, (b+1)*band)
		var acc [band][]float32
		for i := first; i < last; i++ {
			acc[i-first] = make([]float32, i+1)
		}
		for start := 0; start < rows; start += chunkRows {
			for r := start; r < min(rows, start+chunkRows); r++ {
				row := a[r*dim : (r+1)*dim]
				for i := first; i < last; i++ {
					if x := row[i]; x != 0 {
						addScaled(acc[i-first], row, x)
					}
				}
			}
			for i := first; i < last; i++ {
				for j, x := range acc[i-first] {
					gram[i*dim+j] += float64(x)
				}
				clear(acc[i-first])
			}
		}
	}
	// The long bands come last; a pair of a short and a long one is even work.
	each := func(p int) {
		sum(p)
		if q := bands - 1 - p; q != p {
			sum(q)
		}
	}
	run.each((bands+1)/2, each)
	return gram
}

// choleskyInverse returns the inverse of the lower factor L of gram = L·Lᵀ,
// with zero rows where a direction is used up.
func choleskyInverse(gram []float64, dim int) []float32 {
	lower := make([]float64, dim*dim)
	inverse := make([]float64, dim*dim)
	for i := range dim {
		for j := 0; j <= i; j++ {
			sum := gram[i*dim+j]
			for k := range j {
				sum -= float64(lower[i*dim+k] * lower[j*dim+k])
			}
			switch {
			case j < i && lower[j*dim+j] > 0:
				lower[i*dim+j] = sum / lower[j*dim+j]
			case j == i && sum > 1e-6*gram[i*dim+i]:
				lower[i*dim+i] = math.Sqrt(sum)
			}
		}
		if lower[i*dim+i] == 0 {
			clear(lower[i*dim : i*dim+i])
			continue
		}
		for j := 0; j <= i; j++ {
			var sum float64
			if i == j {
				sum = 1
			}
			for k := j; k < i; k++ {
				sum -= float64(lower[i*dim+k] * inverse[k*dim+j])
			}
			inverse[i*dim+j] = sum / lower[i*dim+i]
		}
	}
	out := make([]float32, dim*dim)
	for i, x := range inverse {
		out[i] = float32(x)
	}
	return out
}

func addScaled(dst, src []float32, by float32) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] += float32(src[i] * by)
	}
}

// dot adds in four lanes, in a fixed order: fast, and the same every time.
func dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+4 <= len(a); i += 4 {
		x, y := a[i:i+4:i+4], b[i:i+4:i+4]
		s0 += float32(x[0] * y[0])
		s1 += float32(x[1] * y[1])
		s2 += float32(x[2] * y[2])
		s3 += float32(x[3] * y[3])
	}
	for ; i < len(a); i++ {
		s0 += float32(a[i] * b[i])
	}
	return (s0 + s1) + (s2 + s3)
}

func normalise(v []float32) {
	var square float64
	for _, x := range v {
		square += float64(float64(x) * float64(x))
	}
	if square <= 0 {
		return
	}
	scale := float32(1 / math.Sqrt(square))
	for k := range v {
		v[k] *= scale
	}
}

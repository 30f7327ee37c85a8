package lattigo_test

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"equiripple/lattigo"
	"equiripple/lattigo/internal/gelu_20"
	"equiripple/lattigo/internal/logistic_31"
	"equiripple/lattigo/internal/logistic_7"
	"equiripple/lattigo/internal/relu_unit"
	"equiripple/lattigo/internal/sign_7_15"
)

// Bits by which a run may differ from its cell: the median of some, as the cells of other columns.
// Far more than the largest of 2048 slots varies by, as keys and noise are new in each.
const luck = 4

// The column of a library in the table of a repository's README; none where the module is elsewhere.
func cellsOf(t *testing.T, library string) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("there is no README beside the module")
	}
	if err != nil {
		t.Fatal(err)
	}
	cells, column := map[string]string{}, -1
	for _, line := range strings.Split(string(text), "\n") {
		words := strings.Split(strings.Trim(line, "|"), "|")
		for i := range words {
			words[i] = strings.TrimSpace(words[i])
		}
		switch {
		case !strings.HasPrefix(line, "|"):
			column = -1
		case words[0] == "function":
			for i, word := range words {
				if word == library {
					column = i
				}
			}
		case column >= 0 && !strings.HasPrefix(words[0], "---"):
			cells[words[0]] = words[column]
		}
	}
	return cells
}

type series struct {
	coefficients []float64
	interval     [2]float64
}

func (s series) at(x float64) float64 {
	y := (2*x - s.interval[0] - s.interval[1]) / (s.interval[1] - s.interval[0])
	b1, b2 := 0.0, 0.0
	for k := len(s.coefficients) - 1; k > 0; k-- {
		b1, b2 = 2*y*b1-b2+s.coefficients[k], b1
	}
	return y*b1 - b2 + s.coefficients[0]
}

// Each package has a type Stage of its own.
func seriesOf[S ~struct {
	Coefficients []float64
	Interval     [2]float64
	IsOdd        bool
	IsEven       bool
}](stages []S) []series {
	var all []series
	for _, one := range stages {
		s := struct {
			Coefficients []float64
			Interval     [2]float64
			IsOdd        bool
			IsEven       bool
		}(one)
		all = append(all, series{s.Coefficients, s.Interval})
	}
	return all
}

func sign(x float64) float64     { return math.Copysign(1, x) }
func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func TestTheCellsOfTheReadme(t *testing.T) {
	cells := cellsOf(t, "Lattigo")
	functions := []struct {
		name   string
		plan   *lattigo.Plan
		stages []series
		of     func(float64) float64
		gap    float64
		upper  float64
		claim  float64
	}{
		{"sign, degrees 7, 15", sign_7_15.Plan, seriesOf(sign_7_15.Stages), sign, 1.0 / 64, 1,
			sign_7_15.ErrorAtMost},
		{"ReLU, degrees 7, 7", relu_unit.Plan, seriesOf(relu_unit.Stages), relu, 0, 1, relu_unit.ErrorAtMost},
		{"logistic on [-8, 8], degree 7", logistic_7.Plan, seriesOf(logistic_7.Stages), logistic, 0, 8,
			logistic_7.ErrorAtMost},
		{"logistic on [-8, 8], degree 31", logistic_31.Plan, seriesOf(logistic_31.Stages), logistic, 0, 8,
			logistic_31.ErrorAtMost},
		{"GELU on [-7, 7], degree 20", gelu_20.Plan, seriesOf(gelu_20.Stages), gelu, 0, 7, gelu_20.ErrorAtMost},
	}
	if len(cells) != len(functions) {
		t.Errorf("%d cells, not %d", len(cells), len(functions))
	}
	form := regexp.MustCompile(`^plan, (\d+) levels, (\d+) bits$`)
	for _, f := range functions {
		t.Run(f.name, func(t *testing.T) {
			const runs = 3
			var bits []float64
			levels := 0
			for range runs {
				p := newParty(t, f.plan.Levels+1)
				values := p.points(f.gap, f.upper, 9)
				for i := range values {
					if i%2 == 1 {
						values[i] = -values[i]
					}
				}
				x := p.encrypt(t, values, math.Exp2(scaleBits))
				result, err := f.plan.Evaluate(p.eval, x)
				if err != nil {
					t.Fatal(err)
				}
				got := p.decrypt(t, result)
				if worst := largestError(got, values, f.of); worst > f.claim+noise {
					t.Errorf("the error is %g, claimed is %g", worst, f.claim)
				}
				levels = x.Level() - result.Level()
				exact := func(x float64) float64 {
					v := x
					for _, s := range f.stages {
						v = s.at(v)
					}
					if strings.HasPrefix(f.name, "ReLU") {
						return x * (1 + v) / 2
					}
					return v
				}
				bits = append(bits, -math.Log2(largestError(got, values, exact)))
			}
			sort.Float64s(bits)
			cell := form.FindStringSubmatch(cells[f.name])
			if cell == nil {
				t.Fatalf("'%s' should be 'plan, %d levels, %.0f bits'", cells[f.name], levels, bits[runs/2])
			}
			stated, _ := strconv.ParseFloat(cell[2], 64)
			if cell[1] != strconv.Itoa(levels) || math.Abs(stated-bits[runs/2]) > luck {
				t.Errorf("'%s', but %d levels and %.1f bits", cells[f.name], levels, bits[runs/2])
			}
		})
	}
}

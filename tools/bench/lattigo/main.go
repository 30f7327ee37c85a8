// Plans of equiripple beside Lattigo's own evaluator, alternately, by processor time; see
// ../against-lattigo.
package main

import (
	"fmt"
	"log"
	"math"
	"math/rand"
	"os"
	"sort"
	"strconv"
	"syscall"

	"contest/relu_15_15_27"
	"contest/relu_7_7"
	"contest/sign_15"
	"contest/sign_27"
	"contest/sign_31"
	"contest/sign_63"
	"contest/sign_7"

	"equiripple/lattigo"

	"github.com/tuneinsight/lattigo/v6/circuits/ckks/polynomial"
	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
	"github.com/tuneinsight/lattigo/v6/utils/bignum"
)

const scaleBits = 50

type stage struct {
	coefficients []float64
	interval     [2]float64
}

// Each emitted package has a type Stage of its own.
func stagesOf[S ~struct {
	Coefficients []float64
	Interval     [2]float64
	IsOdd        bool
	IsEven       bool
}](emitted []S) []stage {
	var all []stage
	for _, one := range emitted {
		s := struct {
			Coefficients []float64
			Interval     [2]float64
			IsOdd        bool
			IsEven       bool
		}(one)
		all = append(all, stage{s.Coefficients, s.Interval})
	}
	return all
}

type subject struct {
	name   string
	plan   *lattigo.Plan
	stages []stage
	isRelu bool // x (1 + v) / 2 of the value v, else v
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func processorMilliseconds() float64 {
	var used syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return float64(used.Utime.Sec+used.Stime.Sec)*1e3 + float64(used.Utime.Usec+used.Stime.Usec)/1e3
}

func median(values []float64) float64 {
	sort.Float64s(values)
	return values[len(values)/2]
}

func (s stage) at(x float64) float64 {
	y := (2*x - s.interval[0] - s.interval[1]) / (s.interval[1] - s.interval[0])
	b1, b2 := 0.0, 0.0
	for k := len(s.coefficients) - 1; k > 0; k-- {
		b1, b2 = 2*y*b1-b2+s.coefficients[k], b1
	}
	return y*b1 - b2 + s.coefficients[0]
}

func (s subject) at(x float64) float64 {
	v := x
	for _, p := range s.stages {
		v = p.at(v)
	}
	if s.isRelu {
		return x * (1 + v) / 2
	}
	return v
}

// Each stage with its range divided by the half width of the next, as Lattigo wants composites.
func (s subject) forLattigo() []bignum.Polynomial {
	var all []bignum.Polynomial
	for i, p := range s.stages {
		coefficients := append([]float64(nil), p.coefficients...)
		if i+1 < len(s.stages) {
			for k := range coefficients {
				coefficients[k] /= s.stages[i+1].interval[1]
			}
		}
		one := bignum.NewPolynomial(bignum.Chebyshev, coefficients, [2]float64{-1, 1})
		one.IsEven = false
		all = append(all, one)
	}
	return all
}

// What Lattigo counts for these stages, and a level for the product with x.
func (s subject) lattigoLevels() int {
	levels := 0
	for _, p := range s.forLattigo() {
		levels += p.Depth()
	}
	if s.isRelu {
		levels++
	}
	return levels
}

func (s subject) lattigo(eval *ckks.Evaluator, x *rlwe.Ciphertext) *rlwe.Ciphertext {
	params := *eval.GetParameters()
	polynomials := polynomial.NewEvaluator(params, eval)
	v := x
	for _, p := range s.forLattigo() {
		v = must(polynomials.Evaluate(v, p, params.DefaultScale()))
	}
	if !s.isRelu {
		return v
	}
	half := must(eval.MulNew(x, 0.5))
	check(eval.Rescale(half, half))
	check(eval.Add(v, 1, v))
	product := must(eval.MulRelinNew(v, half))
	check(eval.Rescale(product, product))
	return product
}

func (s subject) run(ring, repeats int) {
	ours, theirs := s.plan.Levels, s.lattigoLevels()
	logQ := []int{60}
	for range max(ours, theirs) {
		logQ = append(logQ, scaleBits)
	}
	params := must(ckks.NewParametersFromLiteral(ckks.ParametersLiteral{
		LogN: ring, LogQ: logQ, LogP: []int{60, 60}, LogDefaultScale: scaleBits}))
	keys := rlwe.NewKeyGenerator(params)
	secret := keys.GenSecretKeyNew()
	eval := ckks.NewEvaluator(params, rlwe.NewMemEvaluationKeySet(keys.GenRelinearizationKeyNew(secret)))
	encoder := ckks.NewEncoder(params)
	decryptor := rlwe.NewDecryptor(params, secret)
	random := rand.New(rand.NewSource(1))
	values := make([]float64, params.MaxSlots())
	for i := range values {
		values[i] = 2*random.Float64() - 1
		if !s.isRelu {
			values[i] = math.Copysign(1.0/8+7.0/8*math.Abs(values[i]), values[i])
		}
	}
	plain := ckks.NewPlaintext(params, params.MaxLevel())
	check(encoder.Encode(values, plain))
	encryptor := rlwe.NewEncryptor(params, secret)
	bits := func(ct *rlwe.Ciphertext) float64 {
		got := make([]float64, len(values))
		check(encoder.Decode(decryptor.DecryptNew(ct), got))
		worst := 0.0
		for i, x := range values {
			worst = math.Max(worst, math.Abs(got[i]-s.at(x)))
		}
		return -math.Log2(worst)
	}
	var ourTimes, theirTimes, ourBits, theirBits []float64
	for range repeats {
		fresh := must(encryptor.EncryptNew(plain))
		forOurs := eval.DropLevelNew(fresh, params.MaxLevel()-ours)
		forTheirs := eval.DropLevelNew(fresh, params.MaxLevel()-theirs)
		begin := processorMilliseconds()
		result := must(s.plan.Evaluate(eval, forOurs))
		ourTimes = append(ourTimes, processorMilliseconds()-begin)
		ourBits = append(ourBits, bits(result))
		begin = processorMilliseconds()
		result = s.lattigo(eval, forTheirs)
		theirTimes = append(theirTimes, processorMilliseconds()-begin)
		theirBits = append(theirBits, bits(result))
	}
	a, b := median(ourTimes), median(theirTimes)
	fmt.Printf("%-15s %6d %6d %8.0f %6.1f %8d %8.0f %6.1f %7.2f\n", s.name, ours, s.plan.KeySwitches(),
		a, median(ourBits), theirs, b, median(theirBits), a/b)
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("contest RING REPEATS")
	}
	ring, repeats := must(strconv.Atoi(os.Args[1])), must(strconv.Atoi(os.Args[2]))
	fmt.Printf("Ring 2^%d, scales of 2^%d; each from the levels that it needs; medians of %d.\n\n", ring,
		scaleBits, repeats)
	fmt.Println("                levels   keys       ms   bits   levels       ms   bits   ratio")
	for _, s := range []subject{
		{"sign 7", sign_7.Plan, stagesOf(sign_7.Stages), false},
		{"sign 15", sign_15.Plan, stagesOf(sign_15.Stages), false},
		{"sign 27", sign_27.Plan, stagesOf(sign_27.Stages), false},
		{"sign 31", sign_31.Plan, stagesOf(sign_31.Stages), false},
		{"sign 63", sign_63.Plan, stagesOf(sign_63.Stages), false},
		{"ReLU 7,7", relu_7_7.Plan, stagesOf(relu_7_7.Stages), true},
		{"ReLU 15,15,27", relu_15_15_27.Plan, stagesOf(relu_15_15_27.Stages), true},
	} {
		s.run(ring, repeats)
	}
}

package lattigo

import (
	"fmt"
	"slices"

	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
)

// Levels and scales for these inputs, or what is wrong with them.
func (p *Plan) fit(eval *ckks.Evaluator, boot Bootstrapper, inputs []*rlwe.Ciphertext) ([]record, error) {
	if err := p.checkInputs(eval, inputs); err != nil {
		return nil, err
	}
	params := eval.GetParameters()
	level := inputs[0].Level()
	for _, x := range inputs {
		level = min(level, x.Level())
	}
	at := ofLattigo(inputs[0].Scale)
	moduli := []scale{scaleOf(1)} // nothing is rescaled at level 0
	for _, q := range params.Q()[1:] {
		moduli = append(moduli, scaleOfModulus(q))
	}
	request := levelRequest{inputLevel: level, enlargement: 1}
	if p.Levels > 0 {
		working := at
		if top := min(max(level, 1), len(moduli)-1); top > 0 {
			working = moduli[top]
		}
		request.spendLevel = !readsFreely(at, working, p.HalfWidth)
		if !request.spendLevel {
			request.enlargement = enlargement(at, working, p.HalfWidth)
		}
	}
	records := levelled(p.balancedSteps(), request)
	if !fits(records) && boot != nil {
		request.refreshedLevel, request.lowestRefreshable = boot.OutputLevel(), boot.MinimumInputLevel()
		records = levelledWithRefreshes(p, request)
	}
	if records == nil || !fits(records) {
		needed := p.Levels
		if request.spendLevel {
			needed++
		}
		return nil, &NotEnoughLevels{p.Name, needed, level}
	}
	for i := range records {
		if records[i].operation == refresh {
			records[i].scale = ofLattigo(params.DefaultScale())
			records[records[i].left].scale = records[i].scale
		}
	}
	var output scale
	if p.OutputScaleFactor == 1 {
		output = at
	}
	return p.scheduled(records, moduli, at, output, params)
}

// The scales that are preferred, for less noise, where the moduli have room for them: else the usual
// ones where values are doubled, else those of stages, too.
func (p *Plan) scheduled(records []record, moduli []scale, at, output scale,
	params *ckks.Parameters) ([]record, error) {
	attempt := func() ([]record, error) {
		tried := slices.Clone(records)
		schedule(tried, moduli, at, output)
		return tried, p.checkScales(tried, moduli, params)
	}
	if preferred, err := attempt(); err == nil {
		return preferred, nil
	}
	for i := range records {
		records[i].carried = 0
	}
	if planned, err := attempt(); err == nil {
		return planned, nil
	}
	for i := range records {
		if records[i].operation == stage {
			records[i].scalar = 0
		}
	}
	return attempt()
}

func (p *Plan) checkInputs(eval *ckks.Evaluator, inputs []*rlwe.Ciphertext) error {
	if eval == nil {
		return &WrongCiphertext{p.Name, "there is no evaluator"}
	}
	if len(inputs) != p.inputs {
		return &WrongCiphertext{p.Name, fmt.Sprintf("takes %d inputs, not %d", p.inputs, len(inputs))}
	}
	params := eval.GetParameters()
	if params.LevelsConsumedPerRescaling() != 1 {
		return &WrongScale{p.Name, fmt.Sprintf("these parameters rescale by %d moduli at once; "+
			"plans count one", params.LevelsConsumedPerRescaling())}
	}
	if _, err := eval.CheckAndGetRelinearizationKey(); p.KeySwitches() > 0 && err != nil {
		return &WrongCiphertext{p.Name, "there is no relinearisation key"}
	}
	for _, x := range inputs {
		switch {
		case x == nil || x.MetaData == nil:
			return &WrongCiphertext{p.Name, "an input is empty"}
		case x.Degree() != 1:
			return &WrongCiphertext{p.Name, fmt.Sprintf("an input has %d components, not 2: "+
				"relinearise it first", x.Degree()+1)}
		case !x.IsNTT:
			return &WrongCiphertext{p.Name, "an input is not in NTT form"}
		case x.N() != params.N() || x.Level() > params.MaxLevel():
			return &WrongCiphertext{p.Name, "an input is of other parameters than the evaluator"}
		case x.Scale.Value.Sign() <= 0:
			return &WrongScale{p.Name, "the scale of an input is not positive"}
		case x.Scale.Cmp(inputs[0].Scale) != 0:
			return &WrongScale{p.Name, fmt.Sprintf("the inputs have scales %s and %s, which must be equal",
				powerText(ofLattigo(inputs[0].Scale)), powerText(ofLattigo(x.Scale)))}
		}
	}
	return nil
}

func (p *Plan) checkScales(records []record, moduli []scale, params *ckks.Parameters) error {
	const smallest = 10 // chosen: log2; three decimal digits. At a scale near 1 none are left
	const agreement = 1e-25
	room := make([]float64, 0, params.MaxLevel()+1)
	bits := 0.0
	for _, q := range params.Q() {
		bits += log2(scaleOfModulus(q))
		room = append(room, bits-1) // a sign takes the last bit
	}
	s := &scheduler{records: records, moduli: moduli}
	for i := range records {
		r := &records[i]
		least := r.scale
		if r.operation == multiplyScalar && r.encoding.Cmp(least) < 0 {
			least = r.encoding
		}
		switch {
		case log2(least) < smallest:
			return &WrongScale{p.Name, fmt.Sprintf("the scale of the input is too small beside the "+
				"moduli: an intermediate scale would be %s", powerText(least))}
		case log2(r.scale) > room[r.level]:
			return &WrongScale{p.Name, fmt.Sprintf("a value at level %d would have scale %s, and the "+
				"moduli have room for 2^%.6g", r.level, powerText(r.scale), room[r.level])}
		}
		if off := s.contradiction(r); off > agreement || off < -agreement {
			return &WrongScale{p.Name, fmt.Sprintf("no scales make all addends of operation %d meet", i)}
		}
	}
	return nil
}

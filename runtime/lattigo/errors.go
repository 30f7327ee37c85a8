package lattigo

import "fmt"

// NotEnoughLevels: the ciphertext has fewer levels left than the plan needs, up to its first
// refresh where there is a bootstrapper.
type NotEnoughLevels struct {
	Function     string
	Needed, Left int
}

func (e *NotEnoughLevels) Error() string {
	return fmt.Sprintf("%s needs %d levels, the ciphertext has %d left", e.Function, e.Needed, e.Left)
}

// WrongScale: no exact schedule starts from the scale of the input, or leads to the scale asked for.
type WrongScale struct {
	Function, Why string
}

func (e *WrongScale) Error() string { return e.Function + ": " + e.Why }

// WrongCiphertext: an operand that cannot be computed with.
type WrongCiphertext struct {
	Function, Why string
}

func (e *WrongCiphertext) Error() string { return e.Function + ": " + e.Why }

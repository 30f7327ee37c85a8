"""A function for each command, each of which makes its options a request.

GENERATED FILE - do not edit: tools/python/write_commands.py writes it from the table of options.
"""

from __future__ import annotations

from typing import Iterable, Literal, Optional, Union

from ._function import Function
from ._make import make, search_with, survey_with
from ._tables import Choices, Survey
from ._types import CostModel, Domain, Number, Points, Samples


def minimax(
    function: str,
    domain: Domain,
    *,
    beyond: Optional[str] = None,
    degree: Optional[int] = None,
    error: Optional[Number] = None,
    coefficient_bits: Optional[int] = None,
    coefficient_unit: Optional[Number] = None,
    tightness: Optional[Number] = None,
    weight: Optional[str] = None,
    density: Optional[str] = None,
    relative: bool = False,
    parity: Optional[Literal["auto", "none", "odd", "even"]] = None,
    through: Optional[str] = None,
    leading: Optional[Number] = None,
    powers: Optional[Union[str, Iterable[int]]] = None,
    precision_bits: Optional[int] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """The best polynomial of a degree for a function on one or more intervals.

    Options:
      function -- an expression in x: + - * / ^, pi, e, if(x < 0, f, g) with <, <=, > or >=, nested
        for more intervals, and exp, log, sin, cos, tan, atan, sinh, cosh, tanh, erf, erfc, sqrt,
        abs, sign, sigmoid, softplus, floor, round, erfinv, mod, gelu, silu, relu, rsqrt, inverse,
        ceil, ln, log2, log10, exp2, asin, acos, cbrt, heaviside, elu, selu, leaky_relu, relu6,
        hardsigmoid, hardswish, mish, clip, max, min, pow
      domain -- an interval; repeat for a union. Ends are exact: 1/4, 2^-20, 0x1p-30, 0.1
      beyond -- hold the error up to so many times the range: 1.2. Beyond its range a function soon
        runs away, and sign turns over
      degree -- the highest power, 0 to 4095; default: the smallest for error, or else the highest
        within max_levels above which binary64 coefficients gain nothing
      error -- the error that must be met; without degree the smallest degree is found
      coefficient_bits -- significant bits that coefficients are stored with: 53 is binary64, 24
        float; more than 53 only in artifacts; default 53
      coefficient_unit -- store coefficients as multiples of this power of 2, as CKKS encodes at a
        scale
      tightness -- how far the proved bound may exceed what is attained, relatively; default 2^-10
      weight -- an expression, positive on the domain: weight * |f - p| is minimised
      density -- in place of weight: how often each x is met, above 0; an expression, or a file of
        samples or of a histogram, lines 'a b count'
      relative -- minimise |f - p| / |f|, where f does not vanish
      parity -- auto (what the function has, where the domain is symmetric), none, odd, even;
        default auto
      through -- p(X) is Y, p'(X) is D, and so on for higher derivatives, whatever the function is
        there; repeat for more points
      leading -- the coefficient of x^degree, in the function's own x
      powers -- only these powers of x, as 1,3,5,7 or 0,3,7; on both sides of 0 odd and even in
        turn, unless the function is odd or even as they are; in place of degree
      precision_bits -- the least precision to compute with; for experiments; default 0
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: minimax

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("minimax", name=name, function=function, domain=domain, beyond=beyond,
        degree=degree, error=error, coefficient_bits=coefficient_bits,
        coefficient_unit=coefficient_unit, tightness=tightness, weight=weight, density=density,
        relative=relative, parity=parity, through=through, leading=leading, powers=powers,
        precision_bits=precision_bits, minimise=minimise, level_price=level_price,
        max_levels=max_levels, model=model, max_growth=max_growth, no_absorption=no_absorption)


def approximate(
    method: Literal["least-squares", "chebyshev", "taylor", "cryptodl", "securedl", "given", "variance", "share"],
    function: str,
    *,
    domain: Optional[Domain] = None,
    degree: Optional[int] = None,
    error: Optional[Number] = None,
    of: Optional[str] = None,
    centre: Optional[Number] = None,
    density: Optional[str] = None,
    noise: Optional[Number] = None,
    tolerance: Optional[Number] = None,
    data: Optional[Samples] = None,
    polynomial: Optional[str] = None,
    coefficients: Optional[Union[str, Iterable[Number]]] = None,
    basis: Optional[Literal["chebyshev", "powers"]] = None,
    halved: bool = False,
    on: Optional[Domain] = None,
    relative: bool = False,
    weight: Optional[str] = None,
    find_domain: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """A polynomial by another method than minimax, or a given one, proved alike.

    Options:
      method -- least-squares (the integral of the squared error is smallest), chebyshev
        (interpolation at Chebyshev's points), taylor, cryptodl (the integral of a weighted
        least-squares fit of the derivative), securedl (least squares of rising degree until error
        holds at 1001 points), given, variance (the mean square of the error and what noise of the
        basis adds), share (the largest part of the domain within tolerance that is found)
      function -- what the polynomial stands for and the error is about: an expression in x
      domain -- an interval; least-squares, variance, share and given: or more
      degree -- the highest power, up to 255; securedl: the last to be tried; share: up to 127,
        default: the highest that max_levels allows
      error -- securedl: the error to be kept at the points; share: the error to be kept to
        everywhere, above tolerance
      of -- taylor: expand this smooth function in place of function, which the error is still
        about; cryptodl: a smooth step in place of sigmoid(x)
      centre -- taylor: the point; default 0
      density -- least-squares, variance, share: how often each x is met, up to a factor: an
        expression, or a file of samples or of a histogram, lines 'a b count' (recorded as the
        expression that it is taken for); cryptodl: in place of exp(-1/(1e-5 + (x/b)^8))
      noise -- variance: the standard deviation of the noise of each T_k, as 2^-20
      tolerance -- share: the error that is to be kept to on as much as can be
      data -- least-squares: a text file of numbers, the x that are met, in place of every x of the
        domain; or the numbers themselves
      polynomial -- given: as x^2/8 + x/2 + 1/4
      coefficients -- given: a table in place of polynomial, lowest degree first: '0.25, 0.5,
        0.125', or a file: CSV, JSON, or an array of C or Python as it stands in a paper's code
      basis -- of coefficients: chebyshev (T_0, T_1, ... on on) or powers (1, x, x^2, ...; with on
        of what maps it to [-1, 1])
      halved -- of basis chebyshev: the first coefficient counts half, as in OpenFHE and most papers
      on -- the interval of the basis; default: from the lowest to the highest end of domain
      relative -- given: the error is relative to the function, which does not vanish
      weight -- given: the error is multiplied by this expression, positive on the domain
      find_domain -- given: of the intervals that contain domain the largest on which the error
        keeps to this; proved, with the places where it exceeds it
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: approximate

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("approximate", name=name, method=method, function=function, domain=domain,
        degree=degree, error=error, of=of, centre=centre, density=density, noise=noise,
        tolerance=tolerance, data=data, polynomial=polynomial, coefficients=coefficients,
        basis=basis, halved=halved, on=on, relative=relative, weight=weight,
        find_domain=find_domain, minimise=minimise, level_price=level_price, max_levels=max_levels,
        model=model, max_growth=max_growth, no_absorption=no_absorption)


def mod1(
    range: Number,
    width: Number,
    *,
    double_angle: Optional[int] = None,
    doublings: Optional[str] = None,
    arcsine: Optional[str] = None,
    max_key_switches: Optional[int] = None,
    degree: Optional[int] = None,
    error: Optional[Number] = None,
    coefficient_bits: Optional[int] = None,
    coefficient_unit: Optional[Number] = None,
    tightness: Optional[Number] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """The cosine of modular reduction, near the integers, for bootstrapping.

    Options:
      range -- K: near the integers i with |i| < K, 1 to 1024
      width -- for |x - i| at most this; above 0 and below 1/2
      double_angle -- r, how often the angle is doubled afterwards: cos(2 pi (x - 1/4) / 2^r); with
        arcsine auto as well, what costs least; default 0
      doublings -- the doublings are part of the program, and the error is that of sin(2 pi x)
      arcsine -- an odd polynomial of this degree, or auto, follows the sine: the result is x minus
        the nearest integer, and the error is that of all of it
      max_key_switches -- the key switches that the plan may take; with arcsine or doublings
      degree -- the highest power, 0 to 4095; default: the smallest for error, or else the highest
        within max_levels above which binary64 coefficients gain nothing
      error -- the error that must be met; without degree the smallest degree is found
      coefficient_bits -- significant bits that coefficients are stored with: 53 is binary64, 24
        float; more than 53 only in artifacts; default 53
      coefficient_unit -- store coefficients as multiples of this power of 2, as CKKS encodes at a
        scale
      tightness -- how far the proved bound may exceed what is attained, relatively; default 2^-10
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: mod1

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("mod1", name=name, range=range, width=width, double_angle=double_angle,
        doublings=doublings, arcsine=arcsine, max_key_switches=max_key_switches, degree=degree,
        error=error, coefficient_bits=coefficient_bits, coefficient_unit=coefficient_unit,
        tightness=tightness, minimise=minimise, level_price=level_price, max_levels=max_levels,
        model=model, max_growth=max_growth, no_absorption=no_absorption)


def sign(
    gap: Optional[Number] = None,
    *,
    error: Optional[Number] = None,
    threshold: Optional[str] = None,
    domain: Optional[Domain] = None,
    range: Optional[Number] = None,
    beyond: Optional[str] = None,
    degrees: Optional[Union[str, Iterable[int]]] = None,
    stages: Optional[Union[str, Iterable[str]]] = None,
    margin: Optional[Number] = None,
    ckks: Optional[str] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    any_reach: bool = False,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """sign(x) as a composition of minimax polynomials.

    Options:
      gap -- the function is approximated for gap * range <= |x| <= range; with threshold in units
        of x
      error -- the error is at most this
      threshold -- not at 0: 0 (of sign -1) up to T - gap, 1 from T + gap on; or 0 up to A, 1 from B
        on, and nothing is claimed between
      domain -- with threshold: in place of range
      range -- |x| (|a - b| for two inputs) is at most this; default 1
      beyond -- hold the error up to so many times the range: 1.2. Beyond its range a function soon
        runs away, and sign turns over
      degrees -- odd degrees of the stages, the first stage first: 7,7,31; of relu, abs, max and min
        also one even degree, of a polynomial of the function itself; default: the best are searched
      stages -- published polynomials in place of minimax stages: 3*g4,2*f4 of Cheon, Kim, Kim 2020;
        13*f1 is the square root iteration of Cheon et al. 2019 for |x|
      margin -- widens the domain of every later stage on both sides; default: min(2^-22, gap *
        2^-10)
      ckks -- the margin from the noise of these parameters: 'logN=15,scale=2^40'
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the polynomials in the search for degrees; default: 63 for the stages of a
        composition (127 at most: above 63 the planner is asked for each degree, which takes some
        seconds), up to 4095 for one polynomial of the function itself
      any_reach -- take the cheapest of the search also where its value runs away within a two
        hundredth beyond the range; by default up to a hundredth of the cost is paid for one that
        stays bounded there
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: sign

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("sign", name=name, gap=gap, error=error, threshold=threshold, domain=domain,
        range=range, beyond=beyond, degrees=degrees, stages=stages, margin=margin, ckks=ckks,
        max_key_switches=max_key_switches, max_degree=max_degree, any_reach=any_reach,
        refresh=refresh, minimise=minimise, level_price=level_price, max_levels=max_levels,
        model=model, max_growth=max_growth, no_absorption=no_absorption)


def step(
    gap: Optional[Number] = None,
    *,
    error: Optional[Number] = None,
    threshold: Optional[str] = None,
    domain: Optional[Domain] = None,
    range: Optional[Number] = None,
    beyond: Optional[str] = None,
    degrees: Optional[Union[str, Iterable[int]]] = None,
    stages: Optional[Union[str, Iterable[str]]] = None,
    margin: Optional[Number] = None,
    ckks: Optional[str] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    any_reach: bool = False,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """step(x) = (1 + sign(x)) / 2.

    Options:
      gap -- the function is approximated for gap * range <= |x| <= range; with threshold in units
        of x
      error -- the error is at most this
      threshold -- not at 0: 0 (of sign -1) up to T - gap, 1 from T + gap on; or 0 up to A, 1 from B
        on, and nothing is claimed between
      domain -- with threshold: in place of range
      range -- |x| (|a - b| for two inputs) is at most this; default 1
      beyond -- hold the error up to so many times the range: 1.2. Beyond its range a function soon
        runs away, and sign turns over
      degrees -- odd degrees of the stages, the first stage first: 7,7,31; of relu, abs, max and min
        also one even degree, of a polynomial of the function itself; default: the best are searched
      stages -- published polynomials in place of minimax stages: 3*g4,2*f4 of Cheon, Kim, Kim 2020;
        13*f1 is the square root iteration of Cheon et al. 2019 for |x|
      margin -- widens the domain of every later stage on both sides; default: min(2^-22, gap *
        2^-10)
      ckks -- the margin from the noise of these parameters: 'logN=15,scale=2^40'
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the polynomials in the search for degrees; default: 63 for the stages of a
        composition (127 at most: above 63 the planner is asked for each degree, which takes some
        seconds), up to 4095 for one polynomial of the function itself
      any_reach -- take the cheapest of the search also where its value runs away within a two
        hundredth beyond the range; by default up to a hundredth of the cost is paid for one that
        stays bounded there
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: step

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("step", name=name, gap=gap, error=error, threshold=threshold, domain=domain,
        range=range, beyond=beyond, degrees=degrees, stages=stages, margin=margin, ckks=ckks,
        max_key_switches=max_key_switches, max_degree=max_degree, any_reach=any_reach,
        refresh=refresh, minimise=minimise, level_price=level_price, max_levels=max_levels,
        model=model, max_growth=max_growth, no_absorption=no_absorption)


def compare(
    gap: Optional[Number] = None,
    *,
    error: Optional[Number] = None,
    threshold: Optional[str] = None,
    domain: Optional[Domain] = None,
    range: Optional[Number] = None,
    beyond: Optional[str] = None,
    degrees: Optional[Union[str, Iterable[int]]] = None,
    stages: Optional[Union[str, Iterable[str]]] = None,
    margin: Optional[Number] = None,
    ckks: Optional[str] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    any_reach: bool = False,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """(1 + sign(a - b)) / 2: 1, 1/2 or 0 as a >, =, < b.

    Options:
      gap -- the function is approximated for gap * range <= |x| <= range; with threshold in units
        of x
      error -- the error is at most this
      threshold -- not at 0: 0 (of sign -1) up to T - gap, 1 from T + gap on; or 0 up to A, 1 from B
        on, and nothing is claimed between
      domain -- with threshold: in place of range
      range -- |x| (|a - b| for two inputs) is at most this; default 1
      beyond -- hold the error up to so many times the range: 1.2. Beyond its range a function soon
        runs away, and sign turns over
      degrees -- odd degrees of the stages, the first stage first: 7,7,31; of relu, abs, max and min
        also one even degree, of a polynomial of the function itself; default: the best are searched
      stages -- published polynomials in place of minimax stages: 3*g4,2*f4 of Cheon, Kim, Kim 2020;
        13*f1 is the square root iteration of Cheon et al. 2019 for |x|
      margin -- widens the domain of every later stage on both sides; default: min(2^-22, gap *
        2^-10)
      ckks -- the margin from the noise of these parameters: 'logN=15,scale=2^40'
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the polynomials in the search for degrees; default: 63 for the stages of a
        composition (127 at most: above 63 the planner is asked for each degree, which takes some
        seconds), up to 4095 for one polynomial of the function itself
      any_reach -- take the cheapest of the search also where its value runs away within a two
        hundredth beyond the range; by default up to a hundredth of the cost is paid for one that
        stays bounded there
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: compare

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("compare", name=name, gap=gap, error=error, threshold=threshold, domain=domain,
        range=range, beyond=beyond, degrees=degrees, stages=stages, margin=margin, ckks=ckks,
        max_key_switches=max_key_switches, max_degree=max_degree, any_reach=any_reach,
        refresh=refresh, minimise=minimise, level_price=level_price, max_levels=max_levels,
        model=model, max_growth=max_growth, no_absorption=no_absorption)


def relu(
    *,
    gap: Optional[Number] = None,
    bits: Optional[Number] = None,
    range: Optional[Number] = None,
    beyond: Optional[str] = None,
    degrees: Optional[Union[str, Iterable[int]]] = None,
    stages: Optional[Union[str, Iterable[str]]] = None,
    margin: Optional[Number] = None,
    ckks: Optional[str] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    any_reach: bool = False,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """relu(x) = max(x, 0).

    Options:
      gap -- the gap of sign, relative to the range, for given degrees; default: the one with the
        smallest error over all x
      bits -- the error is at most range * 2^-BITS
      range -- |x| (|a - b| for two inputs) is at most this; default 1
      beyond -- hold the error up to so many times the range: 1.2. Beyond its range a function soon
        runs away, and sign turns over
      degrees -- odd degrees of the stages, the first stage first: 7,7,31; of relu, abs, max and min
        also one even degree, of a polynomial of the function itself; default: the best are searched
      stages -- published polynomials in place of minimax stages: 3*g4,2*f4 of Cheon, Kim, Kim 2020;
        13*f1 is the square root iteration of Cheon et al. 2019 for |x|
      margin -- widens the domain of every later stage on both sides; default: min(2^-22, gap *
        2^-10)
      ckks -- the margin from the noise of these parameters: 'logN=15,scale=2^40'
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the polynomials in the search for degrees; default: 63 for the stages of a
        composition (127 at most: above 63 the planner is asked for each degree, which takes some
        seconds), up to 4095 for one polynomial of the function itself
      any_reach -- take the cheapest of the search also where its value runs away within a two
        hundredth beyond the range; by default up to a hundredth of the cost is paid for one that
        stays bounded there
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: relu

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("relu", name=name, gap=gap, bits=bits, range=range, beyond=beyond, degrees=degrees,
        stages=stages, margin=margin, ckks=ckks, max_key_switches=max_key_switches,
        max_degree=max_degree, any_reach=any_reach, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model, max_growth=max_growth,
        no_absorption=no_absorption)


def abs(
    *,
    gap: Optional[Number] = None,
    bits: Optional[Number] = None,
    range: Optional[Number] = None,
    beyond: Optional[str] = None,
    degrees: Optional[Union[str, Iterable[int]]] = None,
    stages: Optional[Union[str, Iterable[str]]] = None,
    margin: Optional[Number] = None,
    ckks: Optional[str] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    any_reach: bool = False,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """|x|.

    Options:
      gap -- the gap of sign, relative to the range, for given degrees; default: the one with the
        smallest error over all x
      bits -- the error is at most range * 2^-BITS
      range -- |x| (|a - b| for two inputs) is at most this; default 1
      beyond -- hold the error up to so many times the range: 1.2. Beyond its range a function soon
        runs away, and sign turns over
      degrees -- odd degrees of the stages, the first stage first: 7,7,31; of relu, abs, max and min
        also one even degree, of a polynomial of the function itself; default: the best are searched
      stages -- published polynomials in place of minimax stages: 3*g4,2*f4 of Cheon, Kim, Kim 2020;
        13*f1 is the square root iteration of Cheon et al. 2019 for |x|
      margin -- widens the domain of every later stage on both sides; default: min(2^-22, gap *
        2^-10)
      ckks -- the margin from the noise of these parameters: 'logN=15,scale=2^40'
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the polynomials in the search for degrees; default: 63 for the stages of a
        composition (127 at most: above 63 the planner is asked for each degree, which takes some
        seconds), up to 4095 for one polynomial of the function itself
      any_reach -- take the cheapest of the search also where its value runs away within a two
        hundredth beyond the range; by default up to a hundredth of the cost is paid for one that
        stays bounded there
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: approximation

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("abs", name=name, gap=gap, bits=bits, range=range, beyond=beyond, degrees=degrees,
        stages=stages, margin=margin, ckks=ckks, max_key_switches=max_key_switches,
        max_degree=max_degree, any_reach=any_reach, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model, max_growth=max_growth,
        no_absorption=no_absorption)


def max(
    *,
    gap: Optional[Number] = None,
    bits: Optional[Number] = None,
    range: Optional[Number] = None,
    beyond: Optional[str] = None,
    degrees: Optional[Union[str, Iterable[int]]] = None,
    stages: Optional[Union[str, Iterable[str]]] = None,
    margin: Optional[Number] = None,
    ckks: Optional[str] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    any_reach: bool = False,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """max(a, b).

    Options:
      gap -- the gap of sign, relative to the range, for given degrees; default: the one with the
        smallest error over all x
      bits -- the error is at most range * 2^-BITS
      range -- |x| (|a - b| for two inputs) is at most this; default 1
      beyond -- hold the error up to so many times the range: 1.2. Beyond its range a function soon
        runs away, and sign turns over
      degrees -- odd degrees of the stages, the first stage first: 7,7,31; of relu, abs, max and min
        also one even degree, of a polynomial of the function itself; default: the best are searched
      stages -- published polynomials in place of minimax stages: 3*g4,2*f4 of Cheon, Kim, Kim 2020;
        13*f1 is the square root iteration of Cheon et al. 2019 for |x|
      margin -- widens the domain of every later stage on both sides; default: min(2^-22, gap *
        2^-10)
      ckks -- the margin from the noise of these parameters: 'logN=15,scale=2^40'
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the polynomials in the search for degrees; default: 63 for the stages of a
        composition (127 at most: above 63 the planner is asked for each degree, which takes some
        seconds), up to 4095 for one polynomial of the function itself
      any_reach -- take the cheapest of the search also where its value runs away within a two
        hundredth beyond the range; by default up to a hundredth of the cost is paid for one that
        stays bounded there
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: max

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("max", name=name, gap=gap, bits=bits, range=range, beyond=beyond, degrees=degrees,
        stages=stages, margin=margin, ckks=ckks, max_key_switches=max_key_switches,
        max_degree=max_degree, any_reach=any_reach, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model, max_growth=max_growth,
        no_absorption=no_absorption)


def min(
    *,
    gap: Optional[Number] = None,
    bits: Optional[Number] = None,
    range: Optional[Number] = None,
    beyond: Optional[str] = None,
    degrees: Optional[Union[str, Iterable[int]]] = None,
    stages: Optional[Union[str, Iterable[str]]] = None,
    margin: Optional[Number] = None,
    ckks: Optional[str] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    any_reach: bool = False,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """min(a, b).

    Options:
      gap -- the gap of sign, relative to the range, for given degrees; default: the one with the
        smallest error over all x
      bits -- the error is at most range * 2^-BITS
      range -- |x| (|a - b| for two inputs) is at most this; default 1
      beyond -- hold the error up to so many times the range: 1.2. Beyond its range a function soon
        runs away, and sign turns over
      degrees -- odd degrees of the stages, the first stage first: 7,7,31; of relu, abs, max and min
        also one even degree, of a polynomial of the function itself; default: the best are searched
      stages -- published polynomials in place of minimax stages: 3*g4,2*f4 of Cheon, Kim, Kim 2020;
        13*f1 is the square root iteration of Cheon et al. 2019 for |x|
      margin -- widens the domain of every later stage on both sides; default: min(2^-22, gap *
        2^-10)
      ckks -- the margin from the noise of these parameters: 'logN=15,scale=2^40'
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the polynomials in the search for degrees; default: 63 for the stages of a
        composition (127 at most: above 63 the planner is asked for each degree, which takes some
        seconds), up to 4095 for one polynomial of the function itself
      any_reach -- take the cheapest of the search also where its value runs away within a two
        hundredth beyond the range; by default up to a hundredth of the cost is paid for one that
        stays bounded there
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: min

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("min", name=name, gap=gap, bits=bits, range=range, beyond=beyond, degrees=degrees,
        stages=stages, margin=margin, ckks=ckks, max_key_switches=max_key_switches,
        max_degree=max_degree, any_reach=any_reach, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model, max_growth=max_growth,
        no_absorption=no_absorption)


def compare_and_swap(
    *,
    gap: Optional[Number] = None,
    bits: Optional[Number] = None,
    range: Optional[Number] = None,
    beyond: Optional[str] = None,
    degrees: Optional[Union[str, Iterable[int]]] = None,
    stages: Optional[Union[str, Iterable[str]]] = None,
    margin: Optional[Number] = None,
    ckks: Optional[str] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    any_reach: bool = False,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """max(a, b) and min(a, b), by one sign.

    Options:
      gap -- the gap of sign, relative to the range, for given degrees; default: the one with the
        smallest error over all x
      bits -- the error is at most range * 2^-BITS
      range -- |x| (|a - b| for two inputs) is at most this; default 1
      beyond -- hold the error up to so many times the range: 1.2. Beyond its range a function soon
        runs away, and sign turns over
      degrees -- odd degrees of the stages, the first stage first: 7,7,31; of relu, abs, max and min
        also one even degree, of a polynomial of the function itself; default: the best are searched
      stages -- published polynomials in place of minimax stages: 3*g4,2*f4 of Cheon, Kim, Kim 2020;
        13*f1 is the square root iteration of Cheon et al. 2019 for |x|
      margin -- widens the domain of every later stage on both sides; default: min(2^-22, gap *
        2^-10)
      ckks -- the margin from the noise of these parameters: 'logN=15,scale=2^40'
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the polynomials in the search for degrees; default: 63 for the stages of a
        composition (127 at most: above 63 the planner is asked for each degree, which takes some
        seconds), up to 4095 for one polynomial of the function itself
      any_reach -- take the cheapest of the search also where its value runs away within a two
        hundredth beyond the range; by default up to a hundredth of the cost is paid for one that
        stays bounded there
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: approximation

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("compare-and-swap", name=name, gap=gap, bits=bits, range=range, beyond=beyond,
        degrees=degrees, stages=stages, margin=margin, ckks=ckks, max_key_switches=max_key_switches,
        max_degree=max_degree, any_reach=any_reach, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model, max_growth=max_growth,
        no_absorption=no_absorption)


def inverse(
    *,
    domain: Optional[Domain] = None,
    error: Optional[Number] = None,
    degree: Optional[int] = None,
    corrections: Optional[int] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """1/x, a start that is corrected, for wide ranges and on both sides of 0.

    Options:
      domain -- an interval without 0; repeat for another, as on the other side of 0. Ends are
        exact: 1/4, 2^-20, 0x1p-30, 0.1
      error -- the error, relative to the function, is at most this
      degree -- of the start, 1 to 127; default: what suits is searched
      corrections -- how many follow the start, 0 to 24; default: what suits is searched
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the start in the search, up to 127; default: 63, and where levels count or
        are bounded 1023 for a start that is not corrected
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: inverse

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("inverse", name=name, domain=domain, error=error, degree=degree,
        corrections=corrections, max_key_switches=max_key_switches, max_degree=max_degree,
        refresh=refresh, minimise=minimise, level_price=level_price, max_levels=max_levels,
        model=model, max_growth=max_growth, no_absorption=no_absorption)


def divide(
    *,
    numerator: Optional[Domain] = None,
    domain: Optional[Domain] = None,
    error: Optional[Number] = None,
    degree: Optional[int] = None,
    corrections: Optional[int] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """a/b, as 1/b with a in it: one key switch more.

    Options:
      numerator -- the range of a; the domain is that of b
      domain -- an interval without 0; repeat for another, as on the other side of 0. Ends are
        exact: 1/4, 2^-20, 0x1p-30, 0.1
      error -- the error, relative to the function, is at most this
      degree -- of the start, 1 to 127; default: what suits is searched
      corrections -- how many follow the start, 0 to 24; default: what suits is searched
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the start in the search, up to 127; default: 63, and where levels count or
        are bounded 1023 for a start that is not corrected
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: divide

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("divide", name=name, numerator=numerator, domain=domain, error=error, degree=degree,
        corrections=corrections, max_key_switches=max_key_switches, max_degree=max_degree,
        refresh=refresh, minimise=minimise, level_price=level_price, max_levels=max_levels,
        model=model, max_growth=max_growth, no_absorption=no_absorption)


def rsqrt(
    *,
    domain: Optional[Domain] = None,
    error: Optional[Number] = None,
    degree: Optional[int] = None,
    corrections: Optional[int] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """1/sqrt(x), likewise.

    Options:
      domain -- 0 < a < b; ends are exact: 1/4, 2^-20, 0x1p-30, 0.1
      error -- the error, relative to the function, is at most this
      degree -- of the start, 1 to 127; default: what suits is searched
      corrections -- how many follow the start, 0 to 24; default: what suits is searched
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the start in the search, up to 127; default: 63, and where levels count or
        are bounded 1023 for a start that is not corrected
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: rsqrt

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("rsqrt", name=name, domain=domain, error=error, degree=degree,
        corrections=corrections, max_key_switches=max_key_switches, max_degree=max_degree,
        refresh=refresh, minimise=minimise, level_price=level_price, max_levels=max_levels,
        model=model, max_growth=max_growth, no_absorption=no_absorption)


def sqrt(
    *,
    domain: Optional[Domain] = None,
    error: Optional[Number] = None,
    degree: Optional[int] = None,
    corrections: Optional[int] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """sqrt(x), likewise.

    Options:
      domain -- 0 < a < b; ends are exact: 1/4, 2^-20, 0x1p-30, 0.1
      error -- the error, relative to the function, is at most this
      degree -- of the start, 1 to 127; default: what suits is searched
      corrections -- how many follow the start, 0 to 24; default: what suits is searched
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the start in the search, up to 127; default: 63, and where levels count or
        are bounded 1023 for a start that is not corrected
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: approximation

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("sqrt", name=name, domain=domain, error=error, degree=degree,
        corrections=corrections, max_key_switches=max_key_switches, max_degree=max_degree,
        refresh=refresh, minimise=minimise, level_price=level_price, max_levels=max_levels,
        model=model, max_growth=max_growth, no_absorption=no_absorption)


def exp(
    domain: Domain,
    error: Number,
    *,
    relative: bool = False,
    squarings: Optional[Number] = None,
    max_key_switches: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """exp(x), for wide ranges: a polynomial of exp(x / 2^k), squared k times.

    Options:
      domain -- an interval; ends are exact: 1/4, 2^-20, 0x1p-30, 0.1
      error -- the error is at most this
      relative -- the error is relative to exp(x)
      squarings -- how often the polynomial is squared, 0 to 20; default: what suits is searched
      max_key_switches -- the key switches that the plan may take
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: approximation

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("exp", name=name, domain=domain, error=error, relative=relative,
        squarings=squarings, max_key_switches=max_key_switches, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model, max_growth=max_growth,
        no_absorption=no_absorption)


def indicator(
    width: Number,
    gap: Number,
    range: Number,
    error: Number,
    *,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """1 for |x| <= width, 0 from width + gap on: equality, a window.

    Options:
      width -- 1 for |x| up to this
      gap -- 0 for |x| from width + gap on; between them nothing is claimed
      range -- |x| is at most this
      error -- the error is at most this
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the polynomials in the search
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: indicator

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("indicator", name=name, width=width, gap=gap, range=range, error=error,
        max_key_switches=max_key_switches, max_degree=max_degree, refresh=refresh,
        minimise=minimise, level_price=level_price, max_levels=max_levels, model=model,
        max_growth=max_growth, no_absorption=no_absorption)


def quantise(
    to: str,
    gap: Number,
    domain: Domain,
    error: Number,
    *,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """The nearest of several values: rounding, levels, digits.

    Options:
      to -- the values, 2 to 64, ascending
      gap -- in units of x: nothing is claimed within this of the middle between two values
      domain -- of x: from below the first middle to above the last one
      error -- the value is off by at most this, in units of the values
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the polynomials in the search
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: quantise

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("quantise", name=name, to=to, gap=gap, domain=domain, error=error,
        max_key_switches=max_key_switches, max_degree=max_degree, refresh=refresh,
        minimise=minimise, level_price=level_price, max_levels=max_levels, model=model,
        max_growth=max_growth, no_absorption=no_absorption)


def activation(
    function: str,
    range: Number,
    error: Number,
    *,
    max_key_switches: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """A function on a wide range, in its cheapest form: one polynomial, folds, x times folds.

    Options:
      function -- an expression in x, or the name of a function: sigmoid, tanh, gelu
      range -- |x| is at most this
      error -- the error is at most this
      max_key_switches -- the key switches that the plan may take
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: activation

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("activation", name=name, function=function, range=range, error=error,
        max_key_switches=max_key_switches, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model, max_growth=max_growth,
        no_absorption=no_absorption)


def piecewise(
    piece: Union[str, Iterable[str]],
    error: Number,
    *,
    max_key_switches: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """A function that is given piece by piece, in its cheapest form.

    Options:
      piece -- an interval, a colon, an expression in x; repeat, ascending
      error -- the error is at most this
      max_key_switches -- the key switches that the plan may take
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: piecewise

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("piecewise", name=name, piece=piece, error=error, max_key_switches=max_key_switches,
        refresh=refresh, minimise=minimise, level_price=level_price, max_levels=max_levels,
        model=model, max_growth=max_growth, no_absorption=no_absorption)


def softmax(
    length: int,
    range: Number,
    error: Number,
    *,
    max_key_switches: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    name: Optional[str] = None,
) -> Function:
    """exp(x_i) / sum of exp(x_j) over many slots.

    Options:
      length -- how many slots the function is of, 2 to 131072
      range -- |x_i| is at most this
      error -- the error of each slot is at most this
      max_key_switches -- the key switches that the whole may take, without the rotations
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      name -- an identifier: the namespace of a header; default: softmax

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("softmax", name=name, length=length, range=range, error=error,
        max_key_switches=max_key_switches, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model)


def layernorm(
    length: int,
    variance: Domain,
    error: Number,
    *,
    max_key_switches: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    name: Optional[str] = None,
) -> Function:
    """(x_i - mean) / sqrt(variance) over many slots.

    Options:
      length -- how many slots the function is of, 2 to 131072
      variance -- where the variance lies, 0 < a < b; what is added to it against 0 counts
      error -- the error of each slot is at most this
      max_key_switches -- the key switches that the whole may take, without the rotations
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      name -- an identifier: the namespace of a header; default: layernorm

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("layernorm", name=name, length=length, variance=variance, error=error,
        max_key_switches=max_key_switches, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model)


def rmsnorm(
    length: int,
    variance: Domain,
    error: Number,
    *,
    max_key_switches: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    name: Optional[str] = None,
) -> Function:
    """x_i / sqrt(mean of x_j^2) over many slots.

    Options:
      length -- how many slots the function is of, 2 to 131072
      variance -- where the mean of the squares lies, 0 < a < b
      error -- the error of each slot is at most this
      max_key_switches -- the key switches that the whole may take, without the rotations
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      name -- an identifier: the namespace of a header; default: rmsnorm

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("rmsnorm", name=name, length=length, variance=variance, error=error,
        max_key_switches=max_key_switches, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model)


def argmax(
    slots: int,
    gap: Number,
    range: Number,
    error: Number,
    *,
    max_key_switches: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    name: Optional[str] = None,
) -> Function:
    """1 in the slot of the largest of many, 0 in the others.

    Options:
      slots -- how many slots the function is of, 2 to 131072
      gap -- the largest x_i is above all others by at least this; else nothing is claimed
      range -- |x_i| is at most this
      error -- the error of each slot is at most this
      max_key_switches -- the key switches that the whole may take, without the rotations
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      name -- an identifier: the namespace of a header; default: argmax

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("argmax", name=name, slots=slots, gap=gap, range=range, error=error,
        max_key_switches=max_key_switches, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model)


def largest(
    slots: int,
    range: Number,
    error: Number,
    *,
    max_key_switches: Optional[int] = None,
    refresh: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    name: Optional[str] = None,
) -> Function:
    """The largest of many slots, by rounds of max.

    Options:
      slots -- how many slots the function is of, 2 to 131072
      range -- |x_i| is at most this
      error -- the error of each slot is at most this
      max_key_switches -- the key switches that the whole may take, without the rotations
      refresh -- refresh between stages where the levels do not suffice:
        'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most that to a
        value scaled to [-1, 1] (or deviation=S,probability=P) and costs so much in the unit of
        model; start=N: the levels of the input, lowest=N: the least level that can be refreshed
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      name -- an identifier: the namespace of a header; default: largest

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("largest", name=name, slots=slots, range=range, error=error,
        max_key_switches=max_key_switches, refresh=refresh, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model)


def fit(
    data: Points,
    degree: int,
    *,
    objective: Optional[Literal["minimax", "least-squares"]] = None,
    parity: Optional[Literal["auto", "none", "odd", "even"]] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    name: Optional[str] = None,
) -> Function:
    """The best polynomial of a degree for a table of points.

    Options:
      data -- a text file with 'x y' or 'x,y' in each line, exact numbers, in any order; # begins a
        comment; or points (x, y), or an array of them
      degree -- the highest power, 0 to 1023
      objective -- minimax (the largest error is smallest; the default) or least-squares (the sum of
        the squares is)
      parity -- auto (what the points show, where they are symmetric), none, odd, even; default auto
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      name -- an identifier: the namespace of a header; default: fit

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return make("fit", name=name, data=data, degree=degree, objective=objective, parity=parity,
        minimise=minimise, level_price=level_price, max_levels=max_levels, model=model,
        max_growth=max_growth, no_absorption=no_absorption)


def search(
    objective: str,
    *,
    gap: Optional[Number] = None,
    error: Optional[Number] = None,
    bits: Optional[Number] = None,
    range: Optional[Number] = None,
    beyond: Optional[str] = None,
    margin: Optional[Number] = None,
    ckks: Optional[str] = None,
    max_key_switches: Optional[int] = None,
    max_degree: Optional[int] = None,
    any_reach: bool = False,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
    pareto: bool = False,
) -> Choices:
    """Which degrees meet a need, and what other choices there are.

    Options:
      objective -- sign, step or compare (with gap and error), relu, abs, max or min (with bits)
      gap -- of sign, step and compare: approximated for gap * range <= |x| <= range
      error -- the error is at most this
      bits -- the error is at most 2^-BITS, of relu and its kin times the range
      range -- |x| (|a - b| for two inputs) is at most this; default 1
      beyond -- hold the error up to so many times the range: 1.2. Beyond its range a function soon
        runs away, and sign turns over
      margin -- widens the domain of every later stage on both sides; default: min(2^-22, gap *
        2^-10)
      ckks -- the margin from the noise of these parameters: 'logN=15,scale=2^40'
      max_key_switches -- the key switches that the plan may take
      max_degree -- of the polynomials in the search for degrees; default: 63 for the stages of a
        composition (127 at most: above 63 the planner is asked for each degree, which takes some
        seconds), up to 4095 for one polynomial of the function itself
      any_reach -- take the cheapest of the search also where its value runs away within a two
        hundredth beyond the range; by default up to a hundredth of the cost is paid for one that
        stays bounded there
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more
      pareto -- all choices that no other beats in levels, key switches and latency; without an
        error to meet, also in accuracy

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return search_with(objective=objective, gap=gap, error=error, bits=bits, range=range,
        beyond=beyond, margin=margin, ckks=ckks, max_key_switches=max_key_switches,
        max_degree=max_degree, any_reach=any_reach, minimise=minimise, level_price=level_price,
        max_levels=max_levels, model=model, max_growth=max_growth, no_absorption=no_absorption,
        pareto=pareto)


def survey(
    activation: str,
    range: Number,
    *,
    data: Optional[Samples] = None,
    ckks: Optional[str] = None,
    minimise: Optional[Literal["latency", "levels", "key-switches"]] = None,
    level_price: Optional[Number] = None,
    max_levels: Optional[int] = None,
    model: Optional[CostModel] = None,
    max_growth: Optional[Number] = None,
    no_absorption: bool = False,
) -> Survey:
    """All methods for an activation side by side: errors, costs, bits on ciphertexts.

    Options:
      activation -- relu, or another function: a name (sigmoid, tanh, gelu, silu, ...) or an
        expression in x
      range -- |x| is at most this
      data -- a text file of numbers: values of x that are met. The root mean square of the error is
        over them, and least squares are also taken at them; or the numbers themselves
      ckks -- parameters of the simulation; default logN=15,scale=2^40
      minimise -- latency (the default: the time that model and level_price tell), levels (then key
        switches) or key-switches: what the plan has least of, within max_levels
      level_price -- with minimise latency: what each level costs besides, in the unit of model;
        where a bootstrap costs 800 and gives 10 levels, a level is worth 80
      max_levels -- the levels that the plan may take
      model -- of minimise latency: a JSON object with the costs tensor_product, key_switch,
        rescaling, scalar_product and addition, in any unit, each a number or a list for 1, 2, ...
        levels left; default: counts of transforms, as in tools/models/transforms.json; or such a
        dict
      max_growth -- how far a sum of the plan may exceed the size of the function; default 2^6
      no_absorption -- the result is what it should be, no multiple of it (output_scale_factor 1); a
        single ReLU stage of degree 2^k - 1 then takes a level more

    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.
    """
    return survey_with(activation=activation, range=range, data=data, ckks=ckks, minimise=minimise,
        level_price=level_price, max_levels=max_levels, model=model, max_growth=max_growth,
        no_absorption=no_absorption)

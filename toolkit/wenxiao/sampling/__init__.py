"""Invented projects that look like a county's: params files for benchmarks and training courses.

Project ``i`` depends on seed, number, year and the version of this package, not on how many are made. Every random draw
comes from one ``random.Random(f"{seed}:{i}")``; the draws for planted faults come last, so that a project with a fault
is the clean one in everything else. Printed scores are those of the scorer itself and can't drift from it.

The modules, from the bottom: data (``*.yaml``: types of project, places, sentences, explanations, rubrics) · drawing ·
money · indicators · narratives · projects (the facts) · claims (what a document prints of them) · faults (planted) ·
layout (a params file's text) · making (a sample) · writing (many, into a folder). A new type of project or sentence is
an entry in a YAML file; it changes what every seed gives, as does a draw more or less anywhere.
"""

from wenxiao.sampling.data import FIRST_YEAR, Measure, ProjectType, project_types
from wenxiao.sampling.faults import Planted
from wenxiao.sampling.layout import written
from wenxiao.sampling.making import FAULTY, YEAR, Sample, sample_project, samples
from wenxiao.sampling.writing import write_samples

__all__ = [
    "FAULTY",
    "FIRST_YEAR",
    "YEAR",
    "Measure",
    "Planted",
    "ProjectType",
    "Sample",
    "project_types",
    "sample_project",
    "samples",
    "write_samples",
    "written",
]

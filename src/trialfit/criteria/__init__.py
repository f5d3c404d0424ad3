"""What a trial requires, as values: nodes of a closed union, three truths, findings, warnings and the JSON form.

nodes       the kinds of criteria, and the logic over them
parts       spans, concepts, bounds and windows
truth       True, False and Unknown
finding     the outcome for one person
criterion   the criteria of one trial
checks      what is well formed and yet doubtful
as_json     the JSON form both ways, and its description
walk        going through a tree
wording     criteria in plain words: as sentences and as questions
"""

def problem_response(status: int):
    raise NotImplementedError


def as_problem(exc, context):
    raise NotImplementedError

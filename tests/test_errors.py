from living_article.errors import InputError


def test_one_line_with_place_problem_and_remedy():
    error = InputError("not a number", file="a.csv", row=3, column="age", value="x", remedy="use digits")
    assert str(error) == "a.csv, row 3, column age, value 'x': not a number; use digits"
    assert str(InputError("alone")) == "alone"
    assert error.row == 3


def test_more_to_do_about_it():
    error = InputError("not a number", file="a.csv", row=3, remedy="use digits")
    assert str(error.also("look at row 2")) == "a.csv, row 3: not a number; use digits; look at row 2"
    assert str(InputError("alone").also("read this")) == "alone; read this"

from living_article.display.tables import methods
from living_article.study.design import Departure


def test_software_versions_are_the_installed_ones():
    import lifelines

    frame = methods.software()
    assert frame.loc["lifelines", "Version"] == lifelines.__version__
    assert not frame.isna().any().any()


def test_departures_keep_their_order():
    frame = methods.departures((Departure("A", "B", "C"), Departure("D", "E", "F")))
    assert list(frame.index) == ["A", "D"] and list(frame.loc["D"]) == ["E", "F"]

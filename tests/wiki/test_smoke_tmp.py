def test_x(guideline):
    assert guideline.title

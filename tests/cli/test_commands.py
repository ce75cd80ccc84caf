"""Each command, as a person or a script calls it."""

import json
import subprocess
import sys

import pytest

from quizcnn.cli.main import main


def test_verify_confirms_a_good_folder(folder, capsys):
    """A folder whose questions all hold exits 0 and says how many were confirmed."""
    assert main(["verify", str(folder)]) == 0
    assert "2" in capsys.readouterr().out


def test_verify_json_has_the_promised_keys(folder, capsys):
    """The JSON object holds the counts that scripts rely on, and a result for each question."""
    assert main(["verify", str(folder), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["questions"] == report["confirmed"] == 2
    assert report["failed"] == 0
    assert report["variants"] == 9
    assert report["wrong_answers"] == report["wrong_refuted"] == 2
    assert report["contrasts"] == report["contrasts_flipped"] == 1
    assert [result["id"] for result in report["results"]] == [
        "sizes/valid-size",
        "sizes/nothing-to-learn",
    ]
    assert all(result["ok"] and result["problems"] == [] for result in report["results"])


def test_verify_shows_the_computed_value_of_a_wrong_answer(folder, capsys):
    """A false stored answer exits 1, and the message names the question and what was computed."""
    deck = folder / "sizes.yaml"
    deck.write_text(
        deck.read_text().replace("answer: (n - f + 1, n - f + 1)", "answer: (n - f, n - f)")
    )
    assert main(["verify", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "sizes/valid-size with n = 5, f = 2" in out
    assert "4×4" in out


def test_verify_can_read_a_single_file(folder, capsys):
    """One deck file alone is verified with the sources beside it."""
    assert main(["verify", str(folder / "sizes.yaml")]) == 0


def test_list_json_names_every_question(folder, capsys):
    """Each row has the key, kind, deck, tags and source."""
    assert main(["list", "--json", "--decks", str(folder)]) == 0
    first, second, *built_in = json.loads(capsys.readouterr().out)
    assert built_in[0]["id"] == "convolution/valid-output-size"
    assert first["id"] == "sizes/valid-size"
    assert first["kind"] == "shape"
    assert first["deck"] == "sizes"
    assert first["tags"] == ["output-size"]
    assert first["source"]["ref"] == "faq#1"
    assert second["source"] is None


def test_of_two_decks_of_one_name_the_one_asked_for_is_used(folder, capsys):
    """An author can look at an altered copy of a built-in deck; the other is complained of."""
    deck = folder / "sizes.yaml"
    text = deck.read_text(encoding="utf-8").replace("deck: sizes", "deck: pooling")
    deck.write_text(text, encoding="utf-8")
    assert main(["show", "pooling/nothing-to-learn", "--decks", str(deck)]) == 0
    assert "a pool of 2×2" in capsys.readouterr().out
    assert main(["list", "--decks", str(deck)]) == 2
    assert "a deck named `pooling` was read already" in capsys.readouterr().err


def test_show_prints_the_proof(folder, capsys):
    """`show` gives the question, its answer and the steps that compute it."""
    assert main(["show", "valid-size", "--decks", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "An image of 8×8" in out
    assert "6×6" in out
    assert "conv2d(ramp(n, n), ones(f, f)).shape" in out


def test_show_python_prints_a_script_that_runs_by_itself(folder, capsys):
    """The script of a check, run by a plain interpreter, prints the computed value."""
    assert main(["show", "sizes/valid-size", "--python", "--decks", str(folder)]) == 0
    script = capsys.readouterr().out
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "(6, 6)" in done.stdout


def test_show_suggests_a_near_id(folder, capsys):
    """A misspelt id is answered with the one that was meant, and exit code 2."""
    assert main(["show", "valid-siez", "--decks", str(folder)]) == 2
    assert "sizes/valid-size" in capsys.readouterr().err


def test_sources_json_lists_the_questions_drawn_from_each(folder, capsys):
    """Each entry of the document comes with its title, verdict and our questions."""
    assert main(["sources", "--json", "--decks", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out)[:1] == [
        {
            "ref": "faq#1",
            "title": "How large is the output?",
            "verdict": "confirmed",
            "questions": ["sizes/valid-size"],
        }
    ]


@pytest.mark.parametrize("arguments", [[], ["practice"]])
def test_without_a_terminal_the_app_says_what_to_do(arguments):
    """In a pipe the app points to --plain instead of failing with a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "quizcnn", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "--plain" in done.stderr
    assert "Traceback" not in done.stderr


def test_plain_practice_goes_through_a_deck(folder):
    """Answers come in on a pipe; verdicts, proofs and the summary go out, line by line."""
    done = subprocess.run(
        [sys.executable, "-m", "quizcnn", "practice", "--plain", str(folder)],
        input="what\n:skip\n:skip\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "2 questions" in done.stdout
    assert "0 right, 0 wrong, 2 skipped." in done.stdout


def test_practice_suggests_a_near_deck(folder, capsys):
    """A misspelt deck name is answered with the one that was meant."""
    assert main(["practice", "--plain", "poling"]) == 2
    assert "pooling" in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_error(folder):
    """`quizcnn list | head -1` ends without a traceback."""
    done = subprocess.run(
        f'"{sys.executable}" -m quizcnn list --json | head -c 1',
        shell=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""

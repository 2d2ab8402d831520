"""Whether a text is English."""

import pytest

from briefing.reading.languages import foreign_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Le ministre a déclaré mardi que les négociations avec la direction du port se poursuivraient lundi.",
            "French",
        ),
        (
            "Der Minister sagte am Dienstag, dass die Gespräche mit der Behörde in der nächsten Woche weitergehen.",
            "German",
        ),
        (
            "El ministro dijo el martes que las negociaciones con la autoridad del puerto continuarán en mayo.",
            "Spanish",
        ),
        (
            "Il ministro ha detto che i negoziati con la direzione del porto continueranno anche dopo la pausa.",
            "Italian",
        ),
        (
            "O ministro disse que as negociações com a autoridade do porto não terminaram e continuam em maio.",
            "Portuguese",
        ),
        ("De minister zei dinsdag dat de gesprekken met het havenbedrijf volgende week worden voortgezet.", "Dutch"),
        ("Minister powiedział, że rozmowy z zarządem portu nie są skończone i że będą kontynuowane w maju.", "Polish"),
        ("Министр заявил во вторник, что переговоры с портом продолжатся на следующей неделе.", "Russian"),
        ("Міністр заявив у вівторок, що переговори з портом продовжаться наступного тижня.", "Ukrainian"),
        ("قال الوزير يوم الثلاثاء إن المفاوضات مع الميناء ستستمر الأسبوع المقبل.", "Arabic"),
        ("部长星期二表示,与港务局的谈判将于下周继续进行。", "Chinese"),
        ("大臣は火曜日、港との交渉は来週も続くと述べた。", "Japanese"),
        ("장관은 화요일 항만과의 협상이 다음 주에 계속될 것이라고 밝혔다.", "Korean"),
        ("Ο υπουργός δήλωσε την Τρίτη ότι οι συνομιλίες θα συνεχιστούν.", "Greek"),
        ("lorem ipsum dolor sit amet consectetur " * 12, "another language"),
    ],
)
def test_the_language_of_a_foreign_text_is_named(text, language):
    assert foreign_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Talks end",
        "Macron, Scholz, Sánchez to meet in Bruxelles",
        "Ana de la Cruz met Jean-Pierre de la Tour in Rio de Janeiro.",
        "El Salvador, La Paz, Los Angeles and San José de las Flores host the finals",
        "“Je suis prêt à signer le traité dans les prochains jours,” the minister said after the talks on Monday.",
        "Kim Yong-jin, Lê Thị Hoa, Sergei Orlov and Ahmad bin Said: who they are",
        "The talks in Москва and 北京 went on for three days.",
    ],
)
def test_english_with_foreign_names_stays_english(text):
    assert foreign_language(text) is None

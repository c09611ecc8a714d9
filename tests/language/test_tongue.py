"""Other languages: what is not English is told once and never misread, and English is never taken for another."""

# ruff: noqa: RUF001

from __future__ import annotations

from pathlib import Path

import pytest

from coe.check import Selection, active_rules, check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.read import Source

ROOT = Path(__file__).parents[2]
OTHERS = {
    "German": "Die Störung begann um 14:03, weil der Pool keine freien Verbindungen hatte. Die Ursache war nicht human error.",
    "French": "La panne a commencé à 14:03 parce que le pool n'avait plus de connexions. La cause n'est pas une human error.",
    "Spanish": "La caída empezó a las 14:03 porque el pool no tenía conexiones. La causa no fue un human error del turno.",
    "Italian": "Il guasto è cominciato alle 14:03 perché il pool non aveva più connessioni. La causa non è human error.",
    "Portuguese": "A falha começou às 14:03 porque o pool não tinha conexões. A causa não foi human error do plantão.",
    "Catalan": "La caiguda va començar perquè el pool no tenia connexions. La causa també és un human error amb els torns.",
    "Romanian": "Defecțiunea a început la 14:03 pentru că nu mai erau conexiuni în pool. Cauza nu este un human error și atât.",
    "Dutch": "De storing begon om 14:03 omdat de pool geen vrije verbindingen had. De oorzaak was niet human error.",
    "Swedish": "Avbrottet började klockan 14:03 för att poolen inte hade några anslutningar. Orsaken var inte human error.",
    "Finnish": "Häiriö alkoi kello 14:03, kun yhteydet loppuivat. Syy ei ollut human error, mutta hälytys oli liian hiljainen.",
    "Polish": "Awaria zaczęła się o 14:03, bo w puli nie było wolnych połączeń. Przyczyną nie był human error na dyżurze.",
    "Czech": "Výpadek začal ve 14:03, protože v poolu nebylo žádné spojení. Příčinou nebyl human error, ale jsme bez alarmu.",
    "Hungarian": "A hiba 14:03-kor kezdődött, mert nem volt szabad kapcsolat. Az ok nem human error volt, hanem egy határ.",
    "Turkish": "Kesinti 14:03'te başladı, çünkü havuzda boş bağlantı yoktu. Neden human error değil, eski bir ayar.",
    "Indonesian": "Gangguan dimulai pukul 14:03 karena tidak ada koneksi di pool. Penyebabnya bukan human error dari regu ini.",
    "Vietnamese": "Sự cố bắt đầu lúc 14:03 vì không còn kết nối trong nhóm. Nguyên nhân không phải là human error của ca trực.",
    "Japanese": "14時3分に接続プールが枯渇し、決済が九分間失敗した。原因は human error ではない。",
    "Chinese": "14点03分连接池耗尽, 支付失败九分钟。原因不是 human error。",
    "Korean": "14시 3분에 연결 풀이 고갈되어 결제가 실패했다. 원인은 human error 가 아니다.",
    "the Cyrillic script": "Сбой начался в 14:03, потому что в пуле не было соединений. Причина не human error.",
    "Greek": "Η διακοπή άρχισε στις 14:03 γιατί δεν υπήρχαν συνδέσεις. Η αιτία δεν ήταν human error.",
    "Hebrew": "התקלה החלה בשעה 14:03 כי לא היו חיבורים פנויים במאגר. הסיבה אינה human error.",
    "the Arabic script": "بدأ العطل في 14:03 لأن المجمع لم يعد فيه اتصالات. السبب ليس human error.",
    "an Indic script": "पूल में कोई कनेक्शन नहीं था, इसलिए 14:03 पर भुगतान विफल हुआ। कारण human error नहीं है।",
    "Thai": "ระบบขัดข้องเมื่อเวลา 14:03 เพราะไม่มีการเชื่อมต่อเหลือ สาเหตุไม่ใช่ human error",
}
ENGLISH = {
    "a list of commands": "# Runbook\n\n- kubectl get pods -A\n- helm rollback api 12\n- Restart pool\n- Scale replicas\n",
    "regions and zones": "| Region | Zone |\n|--|--|\n| de | de-a |\n| la | es-2 |\n| it | no |\n| fr | il |\n",
    "times": "- 14:03 EST page\n- 14:05 EST ack\n- 14:09 CET fix\n- 14:11 ET close\n- 14:12 EST MIT licence\n",
    "names": "Present: Ana de la Cruz, Jan van der Berg, Luis del Rio, Bo af Ek\n",
    "code": "```python\nder = die = das = und = 1\n```\n\nRestart pods.\n\n```sql\nselect und from der\n```\n",
    "one word": "Ursache",
    "two words": "La Tour",
    "product names": "El Paso, Los Angeles, San Jose, La Paz, Des Moines",
    "a quotation": '# What the vendor wrote\n\n> Die Störung begann um 14:03, weil der Pool leer war.\n\nThe pool was empty.\n',
    "an abstract of another language": "The pool ran out of connections and checkout failed for nine minutes.\n\n"
    "Der Pool hatte keine Verbindungen, und die Kasse fiel aus.\n",
    "nothing": "",
    "numbers": "14:03 99.9 % 12 13 14\n",
    "names of customers": "The customer \u963f\u91cc\u5df4\u5df4 left \u6771\u4eac and \u041c\u043e\u0441\u043a\u0432\u0430.",
}  # fmt: skip


def found(text: str, settings: Config | None = None) -> list[tuple[str, str, str]]:
    repository = Repository(Path("/r"), settings or Config())
    analysis = analyse(Source("notes.md", text), repository)
    rules = active_rules(repository.config, Selection(frozenset({"language", "allowance"})))
    said = check(Corpus(repository, (analysis,)), [analysis], rules)
    return [(one.rule, one.severity.label, one.message) for one in said]


@pytest.mark.parametrize("language", OTHERS)
def test_a_document_in_another_language_is_told_once_and_not_read(language: str) -> None:
    for text in (OTHERS[language], f"# Postmortem\n\n{OTHERS[language]}\n\n- {OTHERS[language]}\n"):
        ((rule, severity, message),) = found(text)
        assert (rule, severity) == ("unread-language", "note")
        named = {language, "Danish", "Norwegian"} if language in ("Danish", "Norwegian") else {language}
        assert any(f"mostly in {one}," in message for one in named), message


@pytest.mark.parametrize("what", ENGLISH)
def test_english_is_never_taken_for_another_language(what: str) -> None:
    assert found(ENGLISH[what]) == []


@pytest.mark.parametrize("what", ENGLISH)
def test_english_is_read_beside_all_this(what: str) -> None:
    assert [rule for rule, *_ in found(f"{ENGLISH[what]}\n\nThe engineer forgot to page.\n")] == ["negligence"]


@pytest.mark.parametrize("language", OTHERS)
def test_a_paragraph_of_another_language_stays_unread_in_an_english_report(language: str) -> None:
    english = (
        "The pool of connections ran out, and the service returned errors until the on-call engineer raised the limit.\n\n"
    )
    assert found(f"{english * 3}{OTHERS[language]}\n\n{english * 3}") == []
    assert found(f"{english * 3}{OTHERS[language]}\n\nIt was human error.\n\n{english * 3}")[0][0] == "human-error"


def test_the_note_can_be_silenced() -> None:
    allowed = f"<!-- coe: allow-file unread-language: our team writes German -->\n\n{OTHERS['German']}"
    assert found(allowed) == []
    assert found(OTHERS["German"], Config.model_validate({"lint": {"ignore": ["unread-language"]}})) == []


def test_our_own_pages_are_english() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests" / "fixtures").rglob("*.md")]
    assert len(pages) > 50
    for page in pages:
        assert not [one for one in found(page.read_text("utf-8", "replace")) if one[0] == "unread-language"], page

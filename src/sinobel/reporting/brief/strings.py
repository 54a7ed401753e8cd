"""Words of the brief in four languages: labels and headings; whatever a language lacks stands in English."""

from __future__ import annotations

from sinobel.inputs.reading import InputError, Problem, nearest, quoted

ENGLISH = "en"
LANGUAGES = ("en", "ru", "be", "zh")
STRINGS: dict[str, dict[str, str]] = {
    "brief": {"en": "Brief", "ru": "Справка", "be": "Даведка", "zh": "简报"},
    "others": {"en": "Also", "ru": "Также", "be": "Таксама", "zh": "另外"},
    "table": {"en": "In numbers", "ru": "В цифрах", "be": "У лічбах", "zh": "数据一览"},
    "measure": {"en": "Measure", "ru": "Показатель", "be": "Паказчык", "zh": "指标"},
    "recorded": {"en": "Record", "ru": "Факт", "be": "Факт", "zh": "实际"},
    "why": {"en": "Why", "ru": "Почему", "be": "Чаму", "zh": "原因"},
    "cause": {"en": "Cause", "ru": "Причина", "be": "Прычына", "zh": "原因"},
    "other_causes": {
        "en": "All other causes",
        "ru": "Все остальные причины",
        "be": "Усе астатнія прычыны",
        "zh": "其他原因合计",
    },
    "sum": {"en": "Sum", "ru": "Сумма", "be": "Сума", "zh": "合计"},
    "changes": {
        "en": "What would change the conclusion",
        "ru": "Что изменило бы вывод",
        "be": "Што змяніла б выснову",
        "zh": "什么会改变结论",
    },
    "before": {
        "en": "How wrong the model was before",
        "ru": "Как модель ошибалась раньше",
        "be": "Як мадэль памылялася раней",
        "zh": "模型过去的误差",
    },
    "sources": {"en": "Sources", "ru": "Источники", "be": "Крыніцы", "zh": "资料来源"},
    "pictures": {"en": "Three more pictures", "ru": "Ещё три графика", "be": "Яшчэ тры графікі", "zh": "另外三幅图"},
    "record_line": {"en": "Record", "ru": "Факт", "be": "Факт", "zh": "实际数据"},
    "low": {
        "en": "10 % of futures below",
        "ru": "10 % вариантов ниже",
        "be": "10 % варыянтаў ніжэй",
        "zh": "10 %低于此",
    },
    "high": {
        "en": "10 % of futures above",
        "ru": "10 % вариантов выше",
        "be": "10 % варыянтаў вышэй",
        "zh": "10 %高于此",
    },
    "band": {
        "en": "shaded: 80 % of futures",
        "ru": "тень: 80 % вариантов",
        "be": "цень: 80 % варыянтаў",
        "zh": "阴影：80 %的情形",
    },
    "untranslated": {
        "en": "",
        "ru": "Переведены заголовки и названия показателей в таблице; предложения и подписи графиков – на английском.",
        "be": "Перакладзены загалоўкі і назвы паказчыкаў у табліцы; сказы і подпісы графікаў – па-англійску.",
        "zh": "标题和表中指标名称已翻译；句子和图题为英文。",
    },
    "income_per_head": {
        "en": "Net national income a head",
        "ru": "Чистый национальный доход на душу",
        "be": "Чысты нацыянальны даход на душу",
        "zh": "人均国民净收入",
    },
    "exports_to_china": {
        "en": "Exports to China",
        "ru": "Экспорт в Китай",
        "be": "Экспарт у Кітай",
        "zh": "对华出口",
    },
    "balance_with_china": {
        "en": "Trade balance with China",
        "ru": "Торговый баланс с Китаем",
        "be": "Гандлёвы баланс з Кітаем",
        "zh": "对华贸易差额",
    },
    "debt_to_china": {"en": "Debt to China", "ru": "Долг Китаю", "be": "Доўг Кітаю", "zh": "对华债务"},
    "external_public_debt": {
        "en": "Public external debt",
        "ru": "Внешний государственный долг",
        "be": "Знешні дзяржаўны доўг",
        "zh": "公共外债",
    },
    "reserves": {
        "en": "International reserves",
        "ru": "Международные резервы",
        "be": "Міжнародныя рэзервы",
        "zh": "国际储备",
    },
    "of_gdp": {"en": "% of GDP", "ru": "% ВВП", "be": "% ВУП", "zh": "占GDP%"},
    "of_imports": {
        "en": "months of imports",
        "ru": "месяцев импорта",
        "be": "месяцаў імпарту",
        "zh": "个月进口",
    },
    "a_head": {"en": "USD a head", "ru": "долл. на душу", "be": "дол. на душу", "zh": "美元/人"},
}
"""Key -> language -> words."""


def word(key: str, language: str) -> str:
    """The words of a key in a language, in English where it has none."""
    entry = STRINGS[key]
    return entry.get(language) or entry[ENGLISH]


def check_language(language: str) -> str:
    """The language, if there is such a one.

    Raises
    ------
    InputError
        With those that there are.
    """
    if language not in LANGUAGES:
        known = f"{nearest(language, LANGUAGES)}; choose from {', '.join(LANGUAGES)}"
        raise InputError(Problem(f" {quoted(language)} is not known{known}", argument="language"))
    return language

"""Words that change the number before them, by language.

Written by `python -m tools.cldr_numbers` from the Unicode CLDR; do not edit. `|` parts the words.
"""

MULTIPLIERS = {
    "en": ("B|K|M|T|billion|million|thousand|trillion"),
    "ru": (
        "миллиард|миллиарда|миллиардов|миллион|миллиона|миллионов|млн|млрд|триллион"
        "|триллиона|триллионов|трлн|тыс.|тысяч|тысяча|тысячи"
    ),
    "hy": ("հազար|հզր|միլիարդ|միլիոն|մլն|մլրդ|տրիլիոն|տրլն"),
    "az": ("K|milyard|milyon|min|mln|mlrd|trilyon|trln"),
    "tr": ("B|Mn|Mr|Tn|bin|milyar|milyon|trilyon"),
    "fr": ("Bn|M|Md|billion|billions|k|mille|milliard|milliards|millier|million|millions"),
    "de": ("Billion|Billionen|Bio.|Milliarde|Milliarden|Million|Millionen|Mio.|Mrd.|Tausend"),
    "ar": ("آلاف|ألف|ترليون|ملايين|مليار|مليون"),
    "he": ("B|K|M|T|אלף|טריליון|מיליארד|מיליון"),
    "th": ("B|K|M|T|พัน|พันล้าน|ล้าน|ล้านล้าน|หมื่น|หมื่นล้าน|แสน|แสนล้าน"),
    "zh": ("万|万亿|亿"),
    "ja": ("万|京|億|兆"),
}
UNITS = {
    "en": (
        "#|%|L|MW|W|ac|acre|acres|barrel|barrels|bbl|centimeter|centimeters|cm"
        "|cubic meter|cubic meters|deg|degree|degree Celsius|degree Fahrenheit|degrees"
        "|degrees Celsius|degrees Fahrenheit|feet|foot|ft|ft²|g|gram|grams|ha|hectare"
        "|hectares|in|inch|inches|kW|kWh|kg|kilogram|kilograms|kilometer"
        "|kilometer per hour|kilometers|kilometers per hour|kilowatt|kilowatt hour"
        "|kilowatt-hours|kilowatts|km|km/h|km²|kn|knot|knots|lb|liter|liters|m|m/s"
        "|megawatt|megawatts|meter|meter per second|meters|meters per second|metric ton"
        "|metric tons|mg|mi|mile|mile per hour|miles|miles per hour|milligram|milligrams"
        "|millimeter|millimeters|mi²|mm|mph|m²|m³|nautical mile|nautical miles|nmi|percent"
        "|permille|pound|pounds|sq ft|sq mi|square feet|square foot|square kilometer"
        "|square kilometers|square meter|square meters|square mile|square miles|t|tn|ton"
        "|tons|watt|watts|yard|yards|yd|°|°C|°F|‰|′|″"
    ),
    "ru": (
        "%|°|°C|°F|Вт|МВт|акр|акр.|акра|акров|ам. т|амер. т|американская тонна"
        "|американские тонны|американских тонн|американской тонны|барр.|баррелей|баррель"
        "|барреля|ватт|ватта|г|га|гектар|гектара|гектаров|градус|градус Фаренгейта"
        "|градус Цельсия|градуса|градуса Фаренгейта|градуса Цельсия|градусов"
        "|градусов Фаренгейта|градусов Цельсия|грамм|грамма|дюйм|дюйм.|дюйма|дюймов|кВт"
        "|кВт⋅ч|квадратная миля|квадратного километра|квадратного метра|квадратного фута"
        "|квадратной мили|квадратные мили|квадратный километр|квадратный метр"
        "|квадратный фут|квадратных километра|квадратных километров|квадратных метра"
        "|квадратных метров|квадратных миль|квадратных фута|квадратных футов|кг|киловатт"
        "|киловатт-час|киловатт-часа|киловатт-часов|киловатта|килограмм|килограмма"
        "|километр|километр в час|километра|километра в час|километров|километров в час|км"
        "|км/ч|км²|кубический метр|кубических метра|кубических метров|кубического метра|л"
        "|литр|литра|литров|м|м. ми|м/с|м²|м³|мг|мегаватт|мегаватта|метр|метр в секунду"
        "|метра|метра в секунду|метров|метров в секунду|ми|ми/ч|ми²|мили|мили в час"
        "|миллиграмм|миллиграмма|миллиметр|миллиметра|миллиметров|миль|миль в час|миля"
        "|миля в час|мм|мор. ми|морская миля|морские мили|морских миль|морской мили"
        "|промилле|процент|процента|процентов|сантиметр|сантиметра|сантиметров|см|т|тонн"
        "|тонна|тонны|уз|узел|узла|узлов|фнт|фт|фт²|фунт|фунта|фунтов|фут|фута|футов|ярд"
        "|ярд.|ярда|ярдов|‰"
    ),
    "hy": (
        "#|%|°|°C|°F|ՄՎտ|Վ|Վտ|ակր|ամերիկյան տոննա|ամեր․ տ|աստիճան|աստիճան ըստ Ցելսիուսի"
        "|աստիճան ըստ Ֆարենհայթի|գ|գրամ|լ|լիտր|խորանարդ մետր|ծովային մղոն|ծով․ մղ|կՎ|կՎտ"
        "|կՎտ·ժ|կգ|կիլոգրամ|կիլոմետր|կիլոմետր ժամում|կիլովատտ|կիլովատտ-ժամ|կմ|կմ/ժ|կմ²|հա"
        "|հանգույց|հեկտար|հնգ|մ|մ/վ|մ²|մ³|մատ|մատնաչափ|մգ|մեգավատտ|մետր|մետր վայրկյանում"
        "|միլիգրամ|միլիմետր|մղ|մղ/ժ|մղ²|մղոն|մղոն ժամում|մմ|յարդ|յդ|պրոմիլ|սանտիմետր|սմ"
        "|վատտ|տ|տակառ|տկռ|տոկոս|տոննա|քառակուսի կիլոմետր|քառակուսի մետր|քառակուսի մղոն"
        "|քառակուսի ֆուտ|ֆունտ|ֆուտ|ֆտ|ֆտ²|‰|′|″"
    ),
    "az": (
        "%|MVt|MW|Vt|W|ak|akr|bbl|düym|dər|dərəcə|dərəcə Farengeyt|dərəcə Selsi|faiz|ft"
        "|ft²|funt|fut|ha|hektar|in|kVt|kVt/saat|kW|kWh|kilometr|kilometr/saat|kiloqram"
        "|kilovatt|kilovatt-saat|km|km/saat|km²|kn|kq|kub metr|kv ft|kv km|kv m|kv mil"
        "|kvadrat fut|kvadrat kilometr|kvadrat metr|kvadrat mil|l|lb|litr|m|m/s|meqavatt"
        "|metr|metr/saniyə|metrik ton|mil|mil/saat|millimetr|milliqram|mil²|mm|mq|m²|m³"
        "|nmi|promil|q|qram|santimetr|sm|t|tn|ton|vatt|yard|yd|°|°C|°F|‰"
    ),
    "tr": (
        "%|Amerikan tonu|MW|W|ac|akre|bbl|binde|cm|deniz mili|derece|fahrenhayt derece"
        "|fit|fit kare|ft²|g|gram|ha|hektar|inç|kW|kWh|kg|kilogram|kilometre"
        "|kilometre/saat|kilometrekare|kilovat|kilovatsaat|km|km/sa|km²|kn|knot|kısa ton|l"
        "|lb|libre|litre|m|m/sn|megavat|metre|metre/saniye|metrekare|metreküp|mg|mil"
        "|mil kare|mil/sa|mil/saat|miligram|milimetre|mi²|mm|m²|m³|nmi|santigrat derece"
        "|santimetre|t|ton|varil|vat|yarda|yd|yüzde|°|°C|°F|‰|′|″"
    ),
    "fr": (
        "%|MW|W|ac|acre anglo-saxonne|acres anglo-saxonnes|baril|barils|bbl|centimètre"
        "|centimètres|cm|degré|degré Celsius|degré Fahrenheit|degrés|degrés Celsius"
        "|degrés Fahrenheit|g|gramme|grammes|ha|hectare|hectares|kW|kWh|kg|kilogramme"
        "|kilogrammes|kilomètre|kilomètre carré|kilomètre par heure|kilomètres"
        "|kilomètres carrés|kilomètres par heure|kilowatt|kilowatt-heure|kilowatt-heures"
        "|kilowatts|km|km/h|km²|l|lb|litre|litres|livre|livres|m|m/s|mg|mi|mi/h|mile"
        "|mile par heure|miles|miles par heure|mille carré|mille marin|milles carrés"
        "|milles marins|milligramme|milligrammes|millimètre|millimètres|mi²|mm|m²|m³|mètre"
        "|mètre carré|mètre cube|mètre par seconde|mètres|mètres carrés|mètres cubes"
        "|mètres par seconde|mégawatt|mégawatts|nd|nmi|nœud|nœuds|pi|pied|pied carré|pieds"
        "|pieds carrés|pi²|po|pouce|pouces|pour cent|pour mille|sh tn|t|tonne|tonne courte"
        "|tonnes|tonnes courtes|watt|watts|yard|yards|yd|°|°C|°F|‰|′|″"
    ),
    "de": (
        "%|Acre|Acres|Barrel|Fuß|Grad|Grad Celsius|Grad Fahrenheit|Gramm|Hektar|Kilogramm"
        "|Kilometer|Kilometer pro Stunde|Kilowatt|Kilowattstunde|Kilowattstunden|Knoten"
        "|Kubikmeter|Liter|MW|Megawatt|Meile|Meile pro Stunde|Meilen|Meilen pro Stunde"
        "|Meter|Meter pro Sekunde|Milligramm|Millimeter|Pfund|Promille|Prozent|Quadratfuß"
        "|Quadratkilometer|Quadratmeile|Quadratmeilen|Quadratmeter|Seemeile|Seemeilen"
        "|Short Ton|Short Tons|Tonne|Tonnen|W|Watt|Yard|Yards|Zentimeter|Zoll|ac|bbl|cm|ft"
        "|ft²|g|ha|in|kW|kWh|kg|km|km/h|km²|kn|l|lb|m|m/s|mg|mi|mi/h|mi²|mm|m²|m³|sm|t|tn"
        "|tn. sh.|yd|°|°C|°F|‰"
    ),
}

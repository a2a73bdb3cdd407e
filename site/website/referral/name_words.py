"""Words of Dutch by which a name is told from other words with a capital; data, not code."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# After these comes a name, even where a sentence begins.
INTRODUCERS = _words(
    "heet heette heten genaamd noemt naam bijnaam alias meneer mijnheer mevrouw mevr mw dhr heer juffrouw juf meester dr prof "
    "leerling student cliënt klasgenoot vriend vriendin broer zus neef nicht oom tante papa mama opa oma"
)

# So frequent among first names that they tell of somebody even alone and where a sentence begins; no other words are among them.
FIRST_NAMES = _words(
    "aaliyah abdel abdul achmed adam adil ahmed aicha aisha alexander ali amal amina amine amir amira anas anke ann anna "
    "annelies anouk ans anton arne arthur aya ayoub bart bas bashir ben bert bilal birgit bjorn bob bram brecht britt bruno "
    "camille carine caroline cato cedric celine charlotte chris christiane christine claire cynthia daan daniel david davy "
    "diane dimitri dirk dries eden elena elias elif eline elise ella ellen els emine emir emma emre eric erik esma eva evelien "
    "fatiha fatima fatma febe femke ferre filip finn fleur floor frank frederik freek gert gilles giovanni greet griet guido "
    "guy hamid hamza hanne hannelore hannes hans hasan hassan hatice heidi helena hilde hugo hussein ibrahim ihsan ilias ilse "
    "imane imran ines inge ingrid isa isabelle ismail jaak jana jasper jef jelle jens jeroen jesse jill jip jo joachim johan "
    "johanna joke jonas joran joris jos josef joshua julie julien jurgen kaat kamal karel karim karin kasper kato katrien "
    "katrijn kenneth kevin khadija khalid kim klaas kobe koen kris kristof lander lara lars laura laurens layla leen leila lena "
    "lennert leon leonie liam lies liesbeth lieve linda lisa loes lore lotte lou louis louise lowie luc lucas luka lukas luna "
    "maarten malak malika marc maria mariam marie marieke marijke marleen martine mathias mats matteo matthias maxim mehdi "
    "mehmet merel mia michael michiel mieke mila milan milou mohamed mohammed mona mounir murat mustafa myriam nabil nadia "
    "nadine najib nancy nathan nawal nele nick nicolas niels nina noa noah noor nora nour noé olivia omar oscar osman otis "
    "patrick pauline peter philippe pieter pieterjan quinten rachid rachida raf raman ramzi rania reda rik rita robbe robin "
    "roel roeland ruben said salim salma samir samira sander sandra sara sarah saïd sebastiaan seppe siham simon simonne sofia "
    "sofie soufiane stef stefaan stefan stein steven stijn sven tamara tarik tess thomas tibo tijs tine tinne tom toon tuur "
    "ulrike veerle vera victor viktor vince vincent walid wannes ward wassim wim wout wouter xander yannick yara yasin yasmin "
    "yasmine yassin yassine yassir younes youssef yunus yusuf zakaria zeynep ziad zineb zoë"
)

# Small words inside a name.
LINKS = _words("van de der den het ten ter te von el al ben bin ibn abu abou da di do dos du la le")

# They begin sentences, and are no part of the name that follows.
OPENERS = _words(
    "de het een dit dat deze die er hier daar ik jij je hij zij ze wij we jullie u men iemand niemand iedereen mijn jouw zijn haar "
    "ons onze hun wie wat waar wanneer waarom hoe welke en of maar want dus toch ook nu toen dan als omdat terwijl sinds sedert "
    "volgens door met zonder over om onder op in uit bij naar van voor na tijdens tot tegen tussen vanaf soms vaak altijd nooit "
    "gisteren vandaag morgen vorige volgende eerst daarna later ja nee misschien enkele twee drie alle veel elke"
)

MONTHS_AND_DAYS = _words(
    "januari februari maart april mei juni juli augustus september oktober november december maandag dinsdag woensdag donderdag "
    "vrijdag zaterdag zondag pasen kerst kerstmis pinksteren ramadan suikerfeest offerfeest hemelvaart"
)
PLACES = _words(
    "gent gentbrugge ledeberg wondelgem mariakerke drongen oostakker zwijnaarde afsnee desteldonk mendonk sint-amandsberg "
    "sint-denijs-westrem sint sint-kruis-winkel rabot muide meulestede brugse poort dampoort macharius bloemekenswijk nieuw "
    "korenmarkt vlaanderen belgië brussel antwerpen brugge mechelen leuven aalst kortrijk oostende hasselt genk luik charleroi "
    "namen molenbeek vilvoorde dendermonde lokeren eeklo deinze ninove wetteren merelbeke melle destelbergen lochristi evergem "
    "wallonië nederland frankrijk duitsland engeland europa amerika syrië irak iran israël palestina gaza oekraïne rusland turkije "
    "marokko tunesië algerije afghanistan somalië tsjetsjenië bulgarije slowakije"
)
GROUPS = _words(
    "belg belgen belgisch belgische vlaams vlaamse nederlands nederlandse frans franse duits duitse engels engelse arabisch "
    "arabische turks turkse marokkaans marokkaanse bulgaars bulgaarse joods joodse europees europese amerikaans amerikaanse "
    "russisch russische oekraïens oekraïense israëlisch palestijns palestijnse islamitische koran bijbel allah god islam "
    "christelijk joden moslims turken marokkanen walen vlamingen hitler nazi taliban hamas"
)
SCHOOLS_AND_SERVICES = _words(
    "atheneum basisschool school college instituut lyceum hogeschool universiteit campus klas scholengroep jeugdhuis internaat "
    "politie parket stad dienst casemanager aanspreekpunt lokaal bestuur welzijnshuis jeugdwerk koninklijk koninklijke vlaamse onze"
)
THE_NET = _words(
    "facebook instagram snapchat whatsapp telegram discord twitch twitter reddit youtube google signal messenger teams smartschool "
    "netflix fortnite minecraft roblox internet"
)
NO_NAMES = MONTHS_AND_DAYS | PLACES | GROUPS | SCHOOLS_AND_SERVICES | THE_NET

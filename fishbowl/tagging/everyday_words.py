"""The commonest words of a language, the commonest first: what `everyday` counts rarity from.

Written for this project. A new language is a new entry; some two hundred words are enough.
"""

EVERYDAY_WORDS = {
    "en": """
        the to of and a in is that it for you i be on this with are we not have as was they can at but or if
        do what will so there from an by would your my one all how more about which when their has he just
        our who people should me no like get them some any think than could its been also other make time
        only out up because these does were where then many use may why need very most into know good way
        even thanks afternoon ok ha fun joined join chat talk meeting done job joke love happy glad cheers
        congratulations wow oh haha lol cool nice nope yep yeah okay sorry please tonight tomorrow today
        night evening morning folks everybody bye welcome thank hey hello hi much over being those had want
        such did too see same work first new really well might must still us her his him am each own through
        between both before after two another yes agree point question answer different important example
        sure thing things lot lots part every something someone anyone everyone without against whether
        never always often already again here now say said take given give go going come made help find
        better best used using while during since under within able down back off around few less least let
        right true possible mean means seem seems believe maybe perhaps though although however therefore
        thus instead rather quite else next last long high great little big small old year years day number
        case fact problem kind life world place group hand side state end line start put keep ask try look
        feel show tell call become change course form set cause allow allows lead leads result results based
        due cannot
    """.split(),
    "de": """
        die der und in zu den das nicht von sie ist des sich mit dem dass er es ein ich auf so eine auch als
        an nach wie im für man aber aus durch wenn nur war noch werden bei hat wir was wird sein einen
        welche sind oder zur um haben einer mir über ihm diese einem ihr uns da zum kann doch vor dieser
        mich ihn du hatte seine mehr am denn nun unter sehr selbst schon hier bis habe ihre dann ihnen
        seiner alle wieder meine gegen vom ganz einzelnen wo muss ohne servus allen schön liebe lieber grüße
        gruß lustig haha spaß freut freue toll super ok okay genau gerne leute zusammen willkommen tschüs
        tschüss bitte dank danke moin morgen abend tag guten hi hallo eines können soll sollen sollte
        sollten müssen darf dürfen wollen will würde würden wurde wurden worden bereits daher deshalb dabei
        dazu damit darauf dafür daran davon hierzu sowie sowohl jedoch sondern weil ob beim ab seit zwischen
        während jede jeder jedes jeden keine kein keinen alles viele vielen viel andere anderen anderer
        immer nie weiter weitere weiteren neue neuen gut besser stark stärker wichtig möglich notwendig
        besonders insbesondere allem etwa rund fast zwar also ja nein mal eben einfach eigentlich vielleicht
        wohl gibt geben macht machen lassen steht stehen setzen setzt ermöglichen fordern fordert
        unterstützen lehnen ablehnen sprechen erhalten schaffen führen stellen bleibt bleiben kommen kommt
        gehen geht sehen sieht brauchen braucht halten hält finden findet sagen sagt denken glaube meinen
        meint heute jahr jahre jahren zeit menschen mensch land länder staat teil frage fragen antwort
        beispiel grund weg ziel ziele rahmen bereich fall maß form art hand seite zahl recht rechte
        möglichkeit unser unsere unserer unseren unserem ihrem ihren ihrer dieses diesem diesen solche
        solcher solchen welcher welches deren dessen wer wem wen warum wann weshalb woher wohin hin her
        wegen trotz statt entgegen gegenüber innerhalb außerhalb mindestens höchstens weniger weder
    """.split(),
    "cy": """
        y yr a ac i yn o ar am at gan dros drwy heb hyd â ag gyda wrth rhwng tan dan er mae yw ydy sydd oedd
        bod fod wedi bydd byddai fyddai gall gallu dylai dylem rhaid nid ddim dim na nac nad ni fi ti chi hi
        ef fe nhw hwy eu ei ein eich fy dy ond neu os pan pam sut beth pwy ble lle pa sawl faint hwn hon hyn
        hwnnw bore heddiw haha gwych sori plis heno bawb pawb hwyl croeso diolch noswaith prynhawn sumae
        shwmae helo honno hynny rhai pob holl llawer mwy llai iawn hefyd eto nawr yma yna yno felly oherwydd
        achos fel cael gwneud mynd dod rhoi cymryd gweld dweud meddwl credu angen eisiau pobl bobl gwaith
        amser flwyddyn blynedd cwestiwn ateb enghraifft pwysig newydd da gwell gorau un dau dwy tri cyntaf
        arall eraill hun gilydd mewn ymlaen allan lan fyny lawr ôl ers cyn
    """.split(),
}

"""What people of the demo town propose: language, category, rough cost, title, why. Invented, all of it."""

ENGLISH = (
    (
        "nature",
        "medium",
        "A pocket park behind the library",
        "There is a car park nobody uses, and no bench in the shade.",
    ),
    ("nature", "small", "Nesting boxes for swifts", "The renovated houses have no gaps under their roofs any more."),
    ("nature", "large", "Open up the buried stream", "It runs in a pipe under Mill Street and floods every autumn."),
    ("mobility", "medium", "A zebra crossing at the south school", "Children wait for minutes, and then run."),
    (
        "mobility",
        "large",
        "A cycle street along the canal",
        "It would link both districts without a single traffic light.",
    ),
    ("mobility", "small", "Handrails on the station stairs", "There is one on one side only, and it ends too early."),
    ("culture", "small", "Open-air cinema in August", "A screen, two loudspeakers and the meadow are enough."),
    ("culture", "medium", "Rehearsal rooms in the old fire station", "Four bands share one cellar, and it is damp."),
    ("sport", "medium", "A table tennis hall for rainy days", "The tables outside are dry on a hundred days a year."),
    ("sport", "small", "Outdoor chess at the market", "Old and young play at one table there already."),
    ("sport", "large", "A skate park that girls like too", "Planned with them, with light, and seen from the street."),
    ("solidarity", "small", "A fridge for food that is left over", "Two shops would fill it every evening."),
    ("solidarity", "medium", "Language café in the town hall", "Newcomers learn French faster with neighbours."),
    (
        "solidarity",
        "very_large",
        "A house for three generations",
        "The school on the hill stands empty, and rents are high.",
    ),
    ("nature", "", "Drinking water in every square", "It costs little, and nobody has to buy a bottle."),
)
FRENCH = (
    ("nature", "medium", "Un verger partagé rue des Lilas", "Le terrain est vide depuis dix ans."),
    ("nature", "small", "Des hôtels à insectes dans les écoles", "Les enfants les construisent et les observent."),
    ("nature", "large", "Désimperméabiliser la place du Marché", "L’été, il y fait quarante degrés."),
    ("mobility", "small", "Des arceaux à vélos devant les commerces", "On attache son vélo aux arbres."),
    ("mobility", "medium", "Une navette le dimanche", "Sans voiture, on ne va pas au marché."),
    (
        "mobility",
        "large",
        "Un trottoir assez large pour un fauteuil",
        "Avenue de la Gare, il faut passer sur la chaussée.",
    ),
    ("culture", "small", "Des concerts sous le kiosque", "Il est rénové et reste vide."),
    ("culture", "medium", "Une fresque sur le mur du gymnase", "Avec les jeunes du quartier."),
    ("sport", "medium", "Un terrain de basket éclairé", "On y joue jusqu’à la nuit, et sans se voir."),
    ("sport", "small", "Un parcours de santé au bord de la rivière", "Des bancs, des barres, des panneaux simples."),
    ("solidarity", "small", "Une bibliothèque d’objets", "Une perceuse sert douze minutes dans sa vie."),
    ("solidarity", "medium", "Des toilettes publiques ouvertes le soir", "Les personnes âgées renoncent à sortir."),
    ("solidarity", "large", "Un lieu d’accueil pour les aidants", "Souffler deux heures change une semaine."),
    ("nature", "small", "Des composteurs collectifs", "En immeuble, tout part à l’incinérateur."),
    ("culture", "", "Une cabane à histoires dans chaque parc", "Pour lire à voix haute."),
)
SPANISH = (
    ("nature", "small", "Un huerto en la azotea del mercado", "Las verduras no pueden estar más cerca."),
    ("nature", "medium", "Sombra en los patios escolares", "En junio no se puede jugar fuera."),
    ("mobility", "medium", "Semáforos con sonido", "Las personas ciegas cruzan a ciegas de verdad."),
    ("mobility", "small", "Aparcabicis en la estación", "Los que hay están llenos a las siete."),
    ("culture", "small", "Un festival de cocinas del mundo", "En Rivemont se hablan treinta lenguas."),
    ("culture", "medium", "Un archivo de la memoria del barrio", "Las fotografías están en cajas de zapatos."),
    ("sport", "medium", "Una pista de petanca cubierta", "Se juega también en invierno."),
    ("sport", "small", "Clases de natación para mayores", "Nunca es tarde para aprender."),
    ("solidarity", "small", "Un ropero escolar", "Los niños crecen más rápido que los sueldos."),
    ("solidarity", "large", "Un comedor de barrio", "Comer juntos cuesta menos y sabe mejor."),
    ("nature", "large", "Un corredor verde entre los dos parques", "Para los erizos y para pasear."),
    ("mobility", "", "Bancos en las paradas de autobús", "Esperar de pie cansa."),
    ("culture", "small", "Libros en las salas de espera", "Hay tiempo y no hay nada que leer."),
    ("sport", "large", "Vestuarios nuevos en el campo sur", "Los de ahora no tienen agua caliente."),
    ("solidarity", "medium", "Talleres de reparación de móviles", "Tirar un teléfono por un cristal es absurdo."),
)
ARABIC = (
    ("nature", "small", "أشجار ليمون أمام المدرسة", "ظلٌّ ورائحةٌ طيبة لكل من يمر."),
    ("nature", "medium", "حديقة صغيرة مكان الموقف المهجور", "لا توجد مقاعد في هذا الحي."),
    ("mobility", "small", "إنارة الممر المؤدي إلى المحطة", "النساء يتجنبنه بعد الغروب."),
    ("mobility", "medium", "مصعد على جسر المشاة", "لا يستطيع كبار السن صعود الدرج."),
    ("culture", "small", "مكتبة متنقلة", "تصل إلى من لا يصل إليها."),
    ("culture", "medium", "دروس موسيقى مجانية للأطفال", "الآلات غالية على كثير من الأسر."),
    ("sport", "small", "ملعب كرة طائرة على ضفة النهر", "الشباب يلعبون اليوم في الطريق."),
    ("sport", "medium", "ساعات للنساء في المسبح", "طلبتها كثيرات منذ سنوات."),
    ("solidarity", "small", "مطبخ مشترك في رمضان", "مائدة واحدة لكل الجيران."),
    ("solidarity", "medium", "مكتب يساعد على ملء الأوراق", "الاستمارات صعبة حتى على من يتقن اللغة."),
    ("solidarity", "large", "دار للقاء المتقاعدين", "الوحدة مرض أيضاً."),
    ("nature", "", "نوافير ماء للشرب", "في الصيف لا يجد العابر ماء."),
    ("culture", "small", "جدار للخط العربي", "فنٌّ يراه الجميع."),
    ("mobility", "large", "طريق آمن للدراجات إلى الجامعة", "آلاف الطلاب يسلكونه كل يوم."),
    ("sport", "", "أجهزة رياضية في الحديقة", "الصحة لا تحتاج إلى اشتراك."),
)
# Language, category, rough cost, title for a place, why; and the places: those of one edition, and of another.
PATTERNS = {
    "en": (
        ("nature", "small", "More flowers at {}", "Bees need them, and everybody walks past more slowly."),
        ("nature", "medium", "Shade at {}", "On the last hot days nobody could stay there."),
        ("mobility", "small", "Bicycle stands at {}", "Bicycles lie on the pavement, in the way of prams."),
        ("mobility", "medium", "A level crossing at {}", "The kerb is too high for wheelchairs."),
        ("sport", "medium", "A play corner at {}", "Children wait there every day, with nothing to do."),
        ("culture", "small", "A book box at {}", "Take one, leave one: it works in other towns."),
        ("solidarity", "small", "Benches with arms at {}", "Old people need something to hold when they stand up."),
        ("solidarity", "", "Better light at {}", "After six in the evening many go a longer way round."),
    ),
    "fr": (
        ("nature", "small", "Des fleurs pour {}", "Les abeilles en ont besoin, et nous aussi."),
        ("nature", "medium", "De l’ombre pour {}", "En été, personne ne peut y rester."),
        ("mobility", "small", "Des arceaux à vélos pour {}", "Les vélos gênent les poussettes."),
        ("mobility", "medium", "Un passage de plain-pied pour {}", "Le trottoir est trop haut pour un fauteuil."),
        ("sport", "medium", "Un coin de jeu pour {}", "Les enfants y attendent chaque jour."),
        ("culture", "small", "Une boîte à livres pour {}", "On en prend un, on en laisse un."),
        ("solidarity", "small", "Des bancs à accoudoirs pour {}", "Pour se relever, il faut un appui."),
        ("solidarity", "", "Un meilleur éclairage pour {}", "Le soir, beaucoup font un détour."),
    ),
    "es": (
        ("nature", "small", "Más flores en {}", "Las abejas las necesitan, y nosotros también."),
        ("mobility", "small", "Aparcabicis en {}", "Las bicicletas estorban en la acera."),
        ("sport", "medium", "Un rincón de juegos en {}", "Los niños esperan allí cada día."),
        ("culture", "small", "Una caja de libros en {}", "Se toma uno y se deja otro."),
        ("solidarity", "", "Mejor luz en {}", "De noche mucha gente da un rodeo."),
    ),
    "ar": (
        ("nature", "small", "مزيد من الأزهار في {}", "النحل يحتاج إليها، ونحن كذلك."),
        ("sport", "medium", "ركن للعب في {}", "ينتظر الأطفال هناك كل يوم."),
        ("solidarity", "", "إنارة أفضل في {}", "في المساء يسلك كثيرون طريقًا أطول."),
    ),
}
SPOTS = {
    "en": (("the station", "the south school", "the river bank"), ("the market hall", "the mill")),
    "fr": (("la gare", "l’école du sud", "les quais"), ("les halles", "le moulin")),
    "es": (("la estación", "la escuela del sur"), ("el mercado", "el molino")),
    "ar": (("المحطة", "مدرسة الجنوب"), ("السوق", "الطاحونة")),
}
SCHOOL_IDEAS = (
    ("nature", "small", "A hedge to hide in", "Sometimes one wants to be alone."),
    ("sport", "medium", "A wall to climb", "It can be low and long."),
    ("nature", "small", "A pond with frogs", "We would look after it, also in the holidays."),
    ("culture", "small", "A stage of old pallets", "For plays, and for sitting."),
    ("sport", "small", "Lines for twenty games", "Paint costs little."),
    ("solidarity", "small", "A bench for new children", "Whoever sits there is asked to play."),
    ("mobility", "medium", "A roof for scooters", "They rust."),
    ("nature", "medium", "Trees instead of asphalt", "In June the ground burns."),
)
# From and to in euros, then what it is and per what.
PRICES = (
    (800, 2_000, ("A bench", "each"), ("Un banc", "l’unité")),
    (300, 900, ("A tree, planted", "each"), ("Un arbre planté", "l’unité")),
    (150, 400, ("A bicycle stand", "each"), ("Un arceau à vélos", "l’unité")),
    (2_500, 6_000, ("A street lamp", "each"), ("Un lampadaire", "l’unité")),
    (60, 180, ("A path", "per square metre"), ("Une allée", "le mètre carré")),
)


def ideas_at(edition: int) -> dict[str, list[tuple[str, str, str, str]]]:
    """The patterns at each of the places of an edition."""
    return {
        language: [
            (category, band, title.format(spot), why)
            for spot in SPOTS[language][edition]
            for category, band, title, why in patterns
        ]
        for language, patterns in PATTERNS.items()
    }


IDEAS = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH, "ar": ARABIC}
ALTS = {
    "en": "A drawing of coloured shapes, in place of a photo",
    "fr": "Un dessin de formes colorées, à la place d’une photo",
    "es": "Un dibujo de formas de colores, en lugar de una fotografía",
    "ar": "رسم بأشكال ملوّنة بدلاً من صورة",
}
STREETS = {
    "en": ("1 Mill Street", "Library Square", "Station Road"),
    "fr": ("3, rue des Lilas", "Place du Marché", "Avenue de la Gare"),
    "es": ("Calle del Molino, 5", "Plaza de la Biblioteca", "Avenida de la Estación"),
    "ar": ("شارع الطاحونة ٧", "ساحة المكتبة", "شارع المحطة"),
}
NAMES = (
    *("Ada", "Bruno", "Carmen", "Djamila", "Élodie", "Farid", "Gaëlle", "Hamza", "Inès", "Jonas", "ليلى", "Mercedes"),
    *("Nadia", "Omar", "Pilar", "Quentin", "Rosa", "Samir", "Teresa", "Ulysse", "Vera", "Wassim", "يوسف", "Zoé"),
)

namespace OsDeploy.Server.Boot;

/// <summary>What a loader shows. It has no letters beyond ASCII.</summary>
internal sealed record ScriptWords(string Disk, string Tool, string PressKey, string Failed, string Blocked, string NotSupported, string WrongPassword, string NeedsJob, string Name)
{
    private static readonly ScriptWords s_english = new(
        "Local disk",
        "CloneTool",
        "Press a key for the menu",
        "The client could not be loaded. The local disk starts.",
        "An operator has blocked this computer. The local disk starts.",
        "This computer has no 64-bit processor, which osdeploy needs. The local disk starts.",
        "The password was wrong.",
        "The tool needs a password, which this computer cannot ask for here.",
        "name");

    private static readonly ScriptWords s_german = new(
        "Festplatte",
        "CloneTool",
        "Taste druecken fuer das Menue",
        "Der Client konnte nicht geladen werden. Die Festplatte startet.",
        "Dieser Computer wurde gesperrt. Die Festplatte startet.",
        "Dieser Computer hat keinen 64-Bit-Prozessor, den osdeploy braucht. Die Festplatte startet.",
        "Das Kennwort war falsch.",
        "Das Werkzeug braucht ein Kennwort, das dieser Computer hier nicht abfragen kann.",
        "Name");

    private static readonly ScriptWords s_french = new(
        "Disque local",
        "CloneTool",
        "Appuyez sur une touche pour le menu",
        "Le client ne se charge pas. Le disque local demarre.",
        "Cet ordinateur est bloque. Le disque local demarre.",
        "Cet ordinateur n a pas de processeur 64 bits. Le disque local demarre.",
        "Le mot de passe est faux.",
        "L outil demande un mot de passe, ce que cet ordinateur ne peut faire ici.",
        "nom");

    public static ScriptWords Of(string language) => language switch
    {
        "de" => s_german,
        "fr" => s_french,
        _ => s_english,
    };
}

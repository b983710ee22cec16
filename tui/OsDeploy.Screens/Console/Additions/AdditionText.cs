using OsDeploy.Api.Personal;
using OsDeploy.Personalisation;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Additions;

/// <summary>Files for hosts, in words.</summary>
internal static class AdditionText
{
    public static string Of(PersonalFileKind kind) => kind switch
    {
        PersonalFileKind.Setup => Words.Additions.KindSetup,
        PersonalFileKind.Registry => Words.Additions.KindRegistry,
        PersonalFileKind.JoinScript => Words.Additions.KindJoinScript,
        PersonalFileKind.PostScript => Words.Additions.KindPostScript,
        PersonalFileKind.Driver => Words.Additions.KindDriver,
        PersonalFileKind.SshKey => Words.Additions.KindSshKey,
        PersonalFileKind.Printers => Words.Additions.KindPrinters,
        PersonalFileKind.Overlay => Words.Additions.KindOverlay,
        PersonalFileKind.BeforeJob => Words.Additions.KindBeforeJob,
        _ => Words.Additions.KindAfterJob,
    };

    /// <summary>As the command line takes it: <c>join-script</c>.</summary>
    public static string WordOf(PersonalFileKind kind) => string.Concat(kind.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));

    /// <summary>Whom it is for: what must hold, without the words for it.</summary>
    public static string ForOf(Addition addition)
    {
        var one = addition.For;
        string?[] conditions =
        [
            one.Host, one.Names, one.Room, one.Configuration, one.Os?.ToString(), one.Join?.ToString(), one.Vendor, one.Model,
            addition is { Disk: { } disk, Number: { } number } ? Volume(disk, number) : null,
        ];
        return conditions.OfType<string>().ToList() is [_, ..] said ? Printable.Of(string.Join(", ", said)) : Words.Additions.EveryHost;
    }

    private static string Volume(int disk, int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{disk}.{number}");
}

using System.Globalization;
using OsDeploy.Api.Personal;
using OsDeploy.Templates;
using OsDeploy.Text;

namespace OsDeploy.Server.Personalisation;

/// <summary>Every sentence about templates, and about files that hosts get besides their image.</summary>
internal static class PersonalErrors
{
    private const int MostFaults = 12;

    public static UserErrorException ContentNotNamed() => new(
        "content-missing", "This computer's job names no such file.", "Bring the agent and the appliance to the same version of osdeploy.");

    public static UserErrorException ContentGone() => new(
        "content-missing", "The file of an addition is not on the appliance, or was sent more than an hour ago.", "Send it again: `osdeploy addition add` does both.");

    public static UserErrorException ContentLost(string path) => new(
        "content-missing",
        $"The appliance has lost the file {Printable.Of(path)}, which this host would get.",
        "Delete the addition (`osdeploy addition delete`), or add the file again with `osdeploy addition set ID --file FILE`.");

    public static UserErrorException TemplateMissing(string name) => new(
        "template-missing", $"There is no template {Printable.Of(name, 40)}.", "`osdeploy template list` shows those there are.");

    public static UserErrorException RevisionMissing(TemplateName name, long number) => new(
        "revision-missing",
        string.Create(CultureInfo.InvariantCulture, $"{name} has no revision {number}."),
        $"`osdeploy template history {name}` shows those there are; of very old ones only the number was kept.");

    public static UserErrorException TemplateFaults(TemplateName name, IReadOnlyList<TemplateFault> faults) => new(
        "template-faults",
        $"{name} was not saved. {string.Join(' ', faults.Take(MostFaults))}" + (faults.Count > MostFaults ? string.Create(CultureInfo.InvariantCulture, $" And {faults.Count - MostFaults} more.") : ""),
        $"Correct it; `osdeploy template check FILE --as {name}` shows every fault with its line.");

    public static UserErrorException SchoolName() => new(
        "school-invalid",
        string.Create(CultureInfo.InvariantCulture, $"The name of the school is longer than {School.MaxName} characters."),
        "Shorten it: Windows shows it as the owner of the computer.");

    public static UserErrorException SchoolLanguage(string text) => new(
        "school-invalid", $"\"{Printable.Of(text, 40)}\" is not a language as Windows names it.", "Write language and country: de-DE, fr-CH, en-GB.");

    public static UserErrorException AdditionMissing(string id) => new(
        "addition-missing", $"There is no addition {Printable.Of(id, 40)}.", "`osdeploy addition list` shows those there are.");

    public static UserErrorException AdditionAmbiguous(string id) => new(
        "addition-ambiguous", $"More than one addition begins with {Printable.Of(id, 40)}.", "Give more of its id; `osdeploy addition list` shows them.");

    public static UserErrorException TooManyAdditions(int most) => new(
        "additions-too-many",
        string.Create(CultureInfo.InvariantCulture, $"There would be more than {most} additions."),
        "Delete some; a package of drivers can go into the image instead.");

    public static UserErrorException PathInvalid(string path, string why) => new(
        "addition-path-invalid",
        $"\"{Printable.Of(path)}\" {why}.",
        "Write names with slashes between them, as scripts/map.cmd.");

    public static UserErrorException FileInvalid(string path, string why) => new(
        "addition-file-invalid",
        $"{Printable.Of(path)} {why}.",
        "Correct the file and add it again; nothing was changed.");

    public static UserErrorException AdditionInvalid(string why, string hint) => new("addition-invalid", why, hint);
}

using System.Globalization;
using OsDeploy.Templates;
using OsDeploy.Text;

namespace OsDeploy.Cli;

/// <summary>The sentences of the verbs for answer files and additions.</summary>
internal static class TemplateErrors
{
    public static UserErrorException Missing(string name) => new(
        "template-missing",
        $"There is no template {Printable.Of(name, 40)}.",
        $"There are {string.Join(", ", TemplateName.All)}.");

    public static UserErrorException Faults(TemplateName name, int faults) => new(
        "template-faults",
        $"{name} was not saved: {Words.Count(faults, "fault")} {(faults == 1 ? "stands" : "stand")} above.",
        "Correct what they say and save it again; the appliance still has it as it was.");

    public static UserErrorException EditorNeedsTerminal() => new(
        "usage-editor",
        "An editor needs a terminal, and there is none.",
        "Write the text to a file and use `osdeploy template save NAME FILE`.");

    public static UserErrorException AdditionUnknown(string text) => new(
        "addition-missing",
        $"No addition has the id {Printable.Of(text, 40)}, and no path is like it.",
        "`osdeploy addition list` shows ids and paths.");

    public static UserErrorException UsagePlace(string text) => new(
        "usage-place",
        $"\"{Printable.Of(text)}\" is not the number of a partition.",
        "Write NUMBER or DISK.NUMBER, as 3 or 2.1.");

    public static UserErrorException UsageNothingToAdd() => new(
        "usage-nothing-to-add",
        "Nothing is named that hosts should get.",
        "Name a file or a folder and its --kind, or add --printer.");

    public static UserErrorException FolderEmpty(string path) => new(
        "folder-empty", $"{Printable.Of(path)} holds no files.", "Check the name of the folder.");

    public static UserErrorException FolderTooLarge(string path, int files, int most) => new(
        "folder-too-large",
        string.Create(CultureInfo.InvariantCulture, $"{Printable.Of(path)} holds {files} files; {most} can be added at once."),
        "Name the folder of one device; makers often pack those of many computers together.");
}

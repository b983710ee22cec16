using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;

namespace OsDeploy.Screens.Console;

/// <summary>Lists that several forms offer.</summary>
internal static class Choices
{
    /// <summary>Takes a value away; no room and no configuration is called so.</summary>
    public const string None = "";

    /// <summary>Leaves a value as it is, where several things are changed at once.</summary>
    public const string Keep = "\t";

    public static Choice NoneChoice => new(None, Words.Console.NoneChoice);

    public static Choice KeepChoice => new(Keep, Words.Console.KeepChoice);

    public static IEnumerable<Choice> Rooms(Snapshot now) => now.Rooms.Select(view => new Choice(view.Room.Name, view.Room.Name, view.Room.Notes));

    public static IEnumerable<Choice> Configurations(Snapshot now) =>
        now.Configurations.Select(view => new Choice(view.Configuration.Name, view.Configuration.Name, view.Configuration.Description));

    /// <summary>What of a choice is a change: null leaves it as it is.</summary>
    public static string? ChangeOf(ChoiceEntry field, string? before) =>
        field.Value is null or Keep || string.Equals(field.Value, before ?? None, StringComparison.Ordinal) ? null : field.Value;
}

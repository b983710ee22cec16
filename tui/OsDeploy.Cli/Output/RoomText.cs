using OsDeploy.Api.Hosts;

namespace OsDeploy.Cli.Output;

/// <summary>Rooms for people.</summary>
internal static class RoomText
{
    public static void WriteList(TextWriter writer, IReadOnlyList<RoomView> rooms)
    {
        var table = new TextTable("NAME", "CONFIGURATION", "HOSTS ARE NAMED", ">HOSTS", "NOTES");
        foreach (var view in rooms)
        {
            table.Add(view.Room.Name, view.Room.Configuration ?? "-", view.Room.NamePattern ?? "-", $"{view.Hosts}", view.Room.Notes);
        }

        table.Write(writer);
    }
}

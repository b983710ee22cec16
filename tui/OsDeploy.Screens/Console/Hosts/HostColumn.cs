namespace OsDeploy.Screens.Console.Hosts;

/// <summary>What the table of hosts shows, in its order.</summary>
internal enum HostColumn
{
    Name,
    Room,
    Configuration,
    State,
    Progress,
    Rate,
    Left,
    LastSeen,
}

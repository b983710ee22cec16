namespace OsDeploy.Lab.Rooms;

/// <param name="Switch">The interface that is the switch of the private network.</param>
/// <param name="HasSchool">Somebody else gives the addresses.</param>
internal sealed record LabWires(string Switch, bool HasSchool);

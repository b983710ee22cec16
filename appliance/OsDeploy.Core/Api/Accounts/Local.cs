namespace OsDeploy.Api.Accounts;

/// <param name="From">Address the person comes from, for the audit log; null: not known.</param>
public sealed record LocalLogin(string? From = null);

/// <summary>An administrator at the appliance's own screen wants to look after its system.</summary>
public sealed record LocalShell(string Name, string Password)
{
    public override string ToString() => nameof(LocalShell);
}

/// <summary>A password that somebody typed to another program of the appliance.</summary>
/// <param name="From">Address the person comes from: attempts are counted by it.</param>
public sealed record LocalCheck(string Name, string Password, string From)
{
    public override string ToString() => nameof(LocalCheck);
}

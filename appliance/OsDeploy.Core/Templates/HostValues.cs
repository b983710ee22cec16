using OsDeploy.Text;

namespace OsDeploy.Templates;

/// <summary>What a template is filled with for one host. What is null is not set: elements and lines that hold nothing else are left out.</summary>
public sealed record HostValues
{
    public required ComputerName Name { get; init; }

    /// <summary>Name that the captured system has; null: nobody knows.</summary>
    public string? OldName { get; init; }

    /// <summary>29 characters, <c>XXXXX-XXXXX-XXXXX-XXXXX-XXXXX</c>. Secret.</summary>
    public string? ProductId { get; init; }

    public string? Workgroup { get; init; }

    /// <summary>DNS or NetBIOS name.</summary>
    public string? Domain { get; init; }

    /// <summary><c>OU=rooms,DC=school,DC=local</c></summary>
    public string? MachineOu { get; init; }

    public string? JoinUser { get; init; }

    /// <summary>Secret.</summary>
    public string? JoinPassword { get; init; }

    /// <summary>Content of a file of <c>djoin /provision</c>: the host joins without an account. It holds that computer's password. Secret.</summary>
    public string? AccountData { get; init; }

    /// <summary>Secret.</summary>
    public string? AdminPassword { get; init; }

    public string? SchoolName { get; init; }

    /// <summary>As Windows names it: <c>de-DE</c>.</summary>
    public string? SchoolLanguage { get; init; }
}

using OsDeploy.Api.Accounts;

namespace OsDeploy.Cli.Output;

/// <summary>Accounts for people.</summary>
internal static class AccountText
{
    public static void WriteList(TextWriter writer, IReadOnlyList<Operator> operators, TimeProvider clock)
    {
        var table = new TextTable("NAME", "ROLE", "ROOMS", "LAST LOGIN", "STATE", "TOKENS");
        foreach (var one in operators)
        {
            table.Add(one.Name, Words.Of(one.Role), string.Join(", ", one.Rooms), LocalTime.Of(clock, one.LastLogin), one.IsDisabled ? "disabled" : "", string.Join(", ", one.Tokens));
        }

        table.Write(writer);
    }

    public static void WriteKeys(TextWriter writer, IReadOnlyList<OperatorKey> keys)
    {
        var table = new TextTable("NAME", "TYPE", "FINGERPRINT");
        foreach (var key in keys)
        {
            table.Add(key.Name, key.Type, key.Fingerprint);
        }

        table.Write(writer);
    }
}
